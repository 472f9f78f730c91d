package dev.millrace.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.standalone.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What a person sees who calls a command wrongly, or rightly while a server is away. */
class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  static List<String> commands() {
    return Main.commandLine().getSubcommands().keySet().stream()
        .filter(name -> !name.equals("help"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpEndsWithAnExample(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).contains("Example:", "./millrace " + command);
  }

  @Test
  void everyCommandOfTheProductIsThere() {
    assertThat(commands())
        .containsExactlyInAnyOrder(
            "demo",
            "publish",
            "generate",
            "aggregate",
            "detect",
            "sink",
            "migrate",
            "migrate-legacy",
            "maintain",
            "dlq",
            "topics",
            "version");
  }

  @Test
  void missingSettingsAreNamedAllAtOnce() {
    assertThat(run("sink")).isEqualTo(CommandErrors.CONFIGURATION);
    assertThat(err.toString())
        .contains("bootstrap_server is missing")
        .contains("schema_registry_url is missing")
        .contains("database.url is missing")
        .doesNotContain("\tat ");
  }

  @Test
  void anUnknownKeyIsNamedWithTheNearest() {
    assertThat(run("migrate", "-D", "sink.batch_rwos=5", "--database-url", "postgresql://h/d"))
        .isEqualTo(CommandErrors.CONFIGURATION);
    assertThat(err.toString())
        .contains("sink.batch_rwos is no key, did you mean 'sink.batch_rows'");
  }

  @Test
  void anUnknownTopicIsNamedWithTheNearest(@TempDir Path folder) throws IOException {
    var input = Files.writeString(folder.resolve("in.csv"), "timestamp,value\n");
    assertThat(
            run(
                "publish",
                "hub.sample",
                "--bootstrap-server",
                "127.0.0.1:1",
                "--schema-registry-url",
                "http://127.0.0.1:1",
                input.toString()))
        .isEqualTo(CommandErrors.CONFIGURATION);
    assertThat(err.toString()).contains("'hub.sample', did you mean 'hub.samples'?");
  }

  @Test
  void aBrokerThatIsNotThereIsNamed(@TempDir Path folder) throws IOException {
    var address = "127.0.0.1:" + closedPort();
    var input =
        Files.writeString(folder.resolve("in.csv"), "asset_id,metric_name,timestamp,value\n");
    assertThat(
            run(
                "publish",
                "hub.samples",
                "--bootstrap-server",
                address,
                "--schema-registry-url",
                "http://127.0.0.1:1",
                input.toString()))
        .isEqualTo(CommandErrors.OUTAGE);
    assertThat(err.toString()).contains(address).doesNotContain("\tat ");
  }

  @Test
  void aDatabaseThatIsNotThereIsNamed() {
    var port = closedPort();
    assertThat(run("migrate", "--database-url", "postgresql://u:hunter2@127.0.0.1:" + port + "/d"))
        .isEqualTo(CommandErrors.OUTAGE);
    assertThat(err.toString())
        .contains("127.0.0.1:" + port)
        .doesNotContain("\tat ")
        .doesNotContain("hunter2");
  }

  @Test
  void undoingIsConfirmed() {
    assertThat(run("migrate", "--undo", "--database-url", "postgresql://h/d"))
        .isEqualTo(CommandErrors.CONFIGURATION);
    assertThat(err.toString()).contains("--yes-drop-the-data", "--dry-run").doesNotContain("\tat ");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThat(
            run(
                "publish",
                "hub.samples",
                "--bootstrap-server",
                "127.0.0.1:1",
                "--schema-registry-url",
                "http://127.0.0.1:1",
                "/nowhere/in.csv"))
        .isEqualTo(CommandErrors.CONFIGURATION);
    assertThat(err.toString()).contains("/nowhere/in.csv", "no such file");
  }

  @Test
  void topicsAreListed() {
    assertThat(run("topics")).isZero();
    assertThat(out.toString()).contains("audio.windows.5s", "-> audio.metrics_agg_5s");
  }

  private int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private static int closedPort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
