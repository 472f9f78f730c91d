package dev.millrace.producer.host;

import dev.millrace.schema.network.Reachability;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Opens a TCP connection and closes it again; needs no privilege, as ICMP would. */
final class TcpProbe implements Probe {
  private static final double NANOS_PER_MILLI = 1e6;

  private final int timeoutMillis;

  TcpProbe(Duration timeout) {
    this.timeoutMillis = Math.toIntExact(timeout.toMillis());
  }

  @Override
  public Outcome connect(InetSocketAddress target) {
    var begin = System.nanoTime();
    var status = status(target);
    return new Outcome(status, (System.nanoTime() - begin) / NANOS_PER_MILLI);
  }

  /** That a server does not answer is a result here, not a failure. */
  private Reachability status(InetSocketAddress target) {
    try (var socket = new Socket()) {
      socket.connect(target, timeoutMillis);
      return Reachability.up;
    } catch (SocketTimeoutException silent) {
      return Reachability.timeout;
    } catch (ConnectException refused) {
      return Reachability.down;
    } catch (IOException noWay) {
      return Reachability.unreachable;
    }
  }
}
