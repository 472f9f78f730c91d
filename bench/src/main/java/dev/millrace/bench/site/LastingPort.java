package dev.millrace.bench.site;

import dev.millrace.embedded.EmbeddedFailure;
import dev.millrace.embedded.Loopback;
import dev.millrace.failure.MillraceException;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Ports that a server still finds free when it comes back. They lie below those that systems give
 * to outgoing connections: while the server is away its clients try to connect again and again, and
 * one of them could be given the very port.
 */
final class LastingPort {
  private static final int LOWEST = 15_000;
  private static final int HIGHEST = 32_000;
  private static final int TRIES = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Set<EmbeddedFailure> STILL_STOPPING =
      EnumSet.of(EmbeddedFailure.PORT_IN_USE, EmbeddedFailure.DATA_IN_USE);

  private LastingPort() {}

  /** A port nobody listens on; 0, which is any, where none of many tried is free. */
  static int free() {
    var random = new Random();
    for (var i = 0; i < TRIES; i++) {
      var port = random.nextInt(LOWEST, HIGHEST);
      if (isFree(port)) {
        return port;
      }
    }
    return Loopback.ANY_PORT;
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(Loopback.socketAddress(port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /** Starts a server on the port and folder of one that has been told to stop and may not have. */
  static <S> S again(Supplier<S> start) {
    var started = new AtomicReference<S>();
    Waiting.until(
        "the server to give up its port and folder",
        PATIENCE,
        () -> {
          try {
            started.set(start.get());
            return true;
          } catch (MillraceException failed) {
            if (failed.code() instanceof EmbeddedFailure known && STILL_STOPPING.contains(known)) {
              return false;
            }
            throw failed;
          }
        });
    return started.get();
  }
}
