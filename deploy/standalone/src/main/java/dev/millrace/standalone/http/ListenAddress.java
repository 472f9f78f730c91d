package dev.millrace.standalone.http;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where to listen.
 *
 * @param host name or address, an IPv6 one without its brackets
 * @param port 1 to 65535, or 0 for a free one
 */
public record ListenAddress(String host, int port) {
  /** Reached from this machine alone: what counts where no host is said. */
  static final String LOOPBACK = "127.0.0.1";

  private static final Pattern FORM =
      Pattern.compile("(?:(?:\\[([0-9A-Fa-f:.%]+)]|([^\\s:\\[\\]/@]+))?:)?(\\d{1,5})");
  private static final int LAST_PORT = 65_535;

  /** Reads {@code host:port}, {@code [ipv6]:port}, {@code :port} or {@code port}; empty if none. */
  static Optional<ListenAddress> parse(String text) {
    var match = FORM.matcher(text.strip());
    if (!match.matches() || Integer.parseInt(match.group(3)) > LAST_PORT) {
      return Optional.empty();
    }
    var host = Optional.ofNullable(match.group(1)).or(() -> Optional.ofNullable(match.group(2)));
    return Optional.of(new ListenAddress(host.orElse(LOOPBACK), Integer.parseInt(match.group(3))));
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
