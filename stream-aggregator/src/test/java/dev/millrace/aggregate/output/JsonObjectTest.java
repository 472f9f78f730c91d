package dev.millrace.aggregate.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonObjectTest {

  @Test
  void fieldsComeInTheirOrderAndTextIsQuoted() {
    var json =
        new JsonObject()
            .put("text", "a \"b\" \\ \n \u0000 ü")
            .put("number", 1.5e10)
            .put("whole", 7L)
            .put("flag", true)
            .put("none", Double.NaN)
            .putJson("list", "[1]");
    assertThat(json)
        .hasToString(
            "{\"text\":\"a \\\"b\\\" \\\\ \\u000a \uFFFD ü\",\"number\":1.5E10,\"whole\":7,"
                + "\"flag\":true,\"none\":null,\"list\":[1]}");
    assertThat(new JsonObject()).hasToString("{}");
  }

  @Test
  void equalMapsHaveEqualTexts() {
    assertThat(JsonObject.of(Map.of("b", 2, "a", "x"))).isEqualTo("{\"a\":\"x\",\"b\":\"2\"}");
  }
}
