package dev.millrace.embedded;

import dev.millrace.failure.MillraceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The only address the embedded servers listen on, and its ports. */
public final class Loopback {
  public static final String ADDRESS = "127.0.0.1";

  private static final byte[] BYTES = {127, 0, 0, 1};

  /** Asks for a free port. */
  public static final int ANY_PORT = 0;

  private Loopback() {}

  /** Where a server that was given {@code port} binds. */
  public static InetSocketAddress socketAddress(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(BYTES), port);
    } catch (IOException impossible) {
      throw new UncheckedIOException("four bytes are an address", impossible);
    }
  }

  /**
   * A port nobody listens on: the one asked for, or any for {@link #ANY_PORT}. It stays free only
   * as long as nobody else takes it, so the server should bind it at once.
   *
   * @param port 0 to 65535
   * @param server what will listen there, for the message
   * @throws MillraceException {@link EmbeddedFailure#PORT_IN_USE}
   */
  public static int freePort(int port, String server) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(socketAddress(port));
      return socket.getLocalPort();
    } catch (BindException taken) {
      throw portInUse(port, server, taken);
    } catch (IOException unusable) {
      throw new UncheckedIOException("cannot listen on " + ADDRESS + ":" + port, unusable);
    }
  }

  /** The failure of a server whose port is taken, with the remedy. */
  public static MillraceException portInUse(int port, String server, IOException cause) {
    return new MillraceException(
        EmbeddedFailure.PORT_IN_USE,
        "%s cannot listen on %s:%d, because another program does; choose another port, or 0 for any free one"
            .formatted(server, ADDRESS, port),
        cause);
  }
}
