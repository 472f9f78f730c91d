package dev.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void everySuiteExplainsItselfWithAnExample() {
    for (var suite : Main.commandLine().getSubcommands().keySet()) {
      out.getBuffer().setLength(0);
      assertThat(run(suite, "--help")).as(suite).isZero();
      if (!suite.equals("help")) {
        assertThat(out.toString()).contains("Example:", "./millrace bench " + suite, "--json");
      }
    }
  }

  @Test
  void listsWhatASuiteMeasures() {
    assertThat(run("schema", "--list")).isZero();
    assertThat(out.toString().lines()).contains("hub-recent", "hub-aggregate", "audio-recent");
  }

  @Test
  void theSinkSuiteHasTheBenchmarksItsReadersKnow() {
    assertThat(run("sink", "--list")).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "copy_indexed",
            "cpu_per_million",
            "debezium_insert",
            "debezium_upsert",
            "copy_bare",
            "copy_hub_events",
            "copy_camera_events",
            "copy_two_writers",
            "replay_conflicts",
            "latency");
  }

  @Test
  void refusesABenchmarkThatIsNotThere() {
    assertThat(run("schema", "--only", "hub-recnet")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no benchmark 'hub-recnet'", "hub-recent");
  }

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
