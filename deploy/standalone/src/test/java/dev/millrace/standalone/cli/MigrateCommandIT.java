package dev.millrace.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.standalone.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code migrate} prints, and how it exits. */
@ExtendWith(DatabaseExtension.class)
class MigrateCommandIT {
  private final String url;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  MigrateCommandIT(DatabaseFixture fixture) {
    url = fixture.jdbcUrl();
  }

  @Test
  void migratesAndUndoes() throws SQLException {
    assertThat(run("--dry-run")).isZero();
    assertThat(printed()).first().asString().startsWith("database PostgreSQL 17");
    assertThat(printed())
        .containsSequence(
            "pending 001 progress (pipeline/V001__progress.sql)",
            "pending 005 partitioning (pipeline/V005__partitioning.sql)")
        .last()
        .asString()
        .endsWith("migrations pending");
    assertThat(run()).isZero();
    assertThat(printed()).contains("applied 010 audio (audio/V010__audio.sql)");
    assertThat(run()).isZero();
    assertThat(printed()).hasSize(2).last().isEqualTo("0 migrations applied");

    assertThat(run("--undo")).isEqualTo(CommandErrors.CONFIGURATION);
    assertThat(err.toString()).contains("--yes-drop-the-data", "--dry-run");
    assertThat(run("--undo", "--dry-run")).isZero();
    assertThat(printed()).contains("would drop table hub.metrics");

    execute(
        "INSERT INTO millrace.sink_progress (sink, topic, partition, next_offset) VALUES ('s', 't', 0, 1)");
    assertThat(run("--undo", "--yes-drop-the-data")).isEqualTo(CommandErrors.CONFIGURATION);
    assertThat(err.toString()).contains("a pipeline writes to this database now: s from t");
    execute("DELETE FROM millrace.sink_progress");
    execute(
        "INSERT INTO millrace.schema_history SELECT 900, '999', 'hence', 'SQL', 'V999__hence.sql', 1, 'x', now(), 1, true");
    assertThat(run()).isEqualTo(CommandErrors.CONFIGURATION);
    assertThat(err.toString()).contains("999 hence (V999__hence.sql)").doesNotContain("\tat ");

    assertThat(run("--undo", "--yes-drop-the-data")).isZero();
    assertThat(printed()).contains("dropped table hub.metrics", "dropped schema millrace");
    assertThat(run("--undo", "--yes-drop-the-data")).isZero();
    assertThat(printed()).containsExactly("0 objects dropped");
    assertThat(run()).isZero();
  }

  private int run(String... options) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    var line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    var arguments = new ArrayList<>(List.of("migrate", "--database-url", url));
    arguments.addAll(List.of(options));
    return line.execute(arguments.toArray(String[]::new));
  }

  private List<String> printed() {
    return out.toString().lines().toList();
  }

  private void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
