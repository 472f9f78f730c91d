package dev.millrace.standalone.http;

import dev.millrace.config.Key;
import dev.millrace.config.Settings;
import java.util.List;
import java.util.Optional;

/**
 * Whether, and where, a worker shows its meters and its health.
 *
 * @param listen where; empty if it does not
 */
public record HttpConfig(Optional<ListenAddress> listen) {
  public static final Key LISTEN =
      new Key(
          "http.listen",
          "",
          "where /metrics and /health are served, host:port; 127.0.0.1 without a host, a free port for 0, off if empty");

  /** Every key. */
  public static final List<Key> KEYS = List.of(LISTEN);

  /** Reads the keys; problems are noted in {@code settings}. */
  public static HttpConfig from(Settings settings) {
    var given = settings.find(LISTEN).filter(text -> !text.isBlank());
    var listen = given.flatMap(ListenAddress::parse);
    if (given.isPresent() && listen.isEmpty()) {
      settings.problem(
          LISTEN,
          "is '%s'; it must be host:port, e.g. 127.0.0.1:9464, or 0.0.0.0:9464 for all addresses of the machine"
              .formatted(given.get()));
    }
    return new HttpConfig(listen);
  }
}
