package dev.millrace.standalone.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.config.Settings;
import dev.millrace.failure.MillraceException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConfigTest {

  @Test
  void isOffByDefault() {
    assertThat(HttpConfig.from(Settings.of(Map.of())).listen()).isEmpty();
    assertThat(HttpConfig.from(Settings.of(Map.of("http.listen", " "))).listen()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "9464, 127.0.0.1, 9464, 127.0.0.1:9464",
    ":0, 127.0.0.1, 0, 127.0.0.1:0",
    "0.0.0.0:9464, 0.0.0.0, 9464, 0.0.0.0:9464",
    "sink-1.example:80, sink-1.example, 80, sink-1.example:80",
    "[::1]:9464, ::1, 9464, [::1]:9464"
  })
  void listensForOthersOnlyWhereAHostIsSaid(String text, String host, int port, String shown) {
    var listen = HttpConfig.from(Settings.of(Map.of("http.listen", text))).listen().orElseThrow();
    assertThat(listen).isEqualTo(new ListenAddress(host, port)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"host", "host:", "host:65536", "::1:80", "http://host:80", "a b:80", "-1"})
  void refusesWhatIsNoAddress(String text) {
    var settings = Settings.of(Map.of("http.listen", text));
    assertThat(HttpConfig.from(settings).listen()).isEmpty();
    assertThatThrownBy(() -> settings.requireValid(HttpConfig.KEYS, List.of()))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("http.listen is '" + text + "'; it must be host:port");
  }
}
