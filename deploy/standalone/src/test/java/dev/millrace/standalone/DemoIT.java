package dev.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The demo, short: the whole way through, as its user runs it. */
class DemoIT {

  @Test
  void theBooksBalanceAndInjectedAnomaliesAreFound() throws Exception {
    var out = new StringWriter();
    var err = new StringWriter();

    var code =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(
                "demo",
                "--for=8s",
                "--history=4h",
                "--json",
                "-Dgenerator.stations=1",
                "-Dgenerator.warm_up_ms=7200000",
                "-Dgenerator.injection_gap_ms=300000");

    var summary = new ObjectMapper().readTree(out.toString());
    assertThat(code).as(err + "\n" + out).isZero();
    assertThat(summary.get("holds").booleanValue()).isTrue();
    assertThat(summary.get("in_flight").intValue()).isZero();
    assertThat(summary.at("/anomalies/injected").intValue()).isGreaterThanOrEqualTo(10);
    assertThat(summary.at("/anomalies/found").intValue() * 10)
        .isGreaterThanOrEqualTo(summary.at("/anomalies/injected").intValue() * 9);
    assertThat(topic(summary, "audio.samples").get("folded").intValue())
        .isEqualTo(topic(summary, "audio.samples").get("published").intValue());
    for (var real :
        new String[] {
          "camera.system-metrics", "network.availability-metrics", "network.path-metrics"
        }) {
      assertThat(topic(summary, real).get("stored").intValue()).as(real).isPositive();
    }
    assertThat(err.toString()).contains("kafka ", "registry ", "psql ", "published");
  }

  private static JsonNode topic(JsonNode summary, String name) {
    return StreamSupport.stream(summary.get("topics").spliterator(), false)
        .filter(topic -> topic.get("topic").textValue().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no records in " + name));
  }
}
