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

/** What {@code migrate-legacy} prints, and how it exits. */
@ExtendWith(DatabaseExtension.class)
class MigrateLegacyCommandIT {
  private final String url;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  MigrateLegacyCommandIT(DatabaseFixture fixture) {
    url = fixture.jdbcUrl();
  }

  @Test
  void movesOldTables() throws SQLException {
    assertThat(run("migrate-legacy")).isEqualTo(CommandErrors.CONFIGURATION);
    assertThat(err.toString())
        .contains("optical_power_history", "ssh_cli_scans", "--source-schema")
        .doesNotContain("\tat ");

    execute(
        """
        CREATE TABLE optical_power_history (id int PRIMARY KEY, ip_address inet, interface_name text, interface_index int,
          tx_power numeric, rx_power numeric, temperature numeric, measurement_timestamp timestamptz);
        INSERT INTO optical_power_history
        SELECT n, '10.0.0.1', 'port1', n, -2.5, -3.5, 40, now() - n * interval '1 minute' FROM generate_series(1, 100) n""");
    assertThat(run("migrate-legacy")).isEqualTo(CommandErrors.CONFIGURATION);
    assertThat(err.toString()).contains("Run `millrace migrate`");
    assertThat(run("migrate")).isZero();

    assertThat(run("migrate-legacy", "--dry-run")).isZero();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            "public.optical_power_history: 100 read, 100 would be stored, 0 already there, 0 expired, 0 refused\n");
    assertThat(run("migrate-legacy", "--batch-rows", "4")).isZero();
    assertThat(out.toString()).contains("100 read, 100 stored");
    assertThat(err.toString()).contains("public.optical_power_history: 80 read, 80 stored");

    execute("INSERT INTO optical_power_history (id) VALUES (101)");
    assertThat(run("migrate-legacy")).isEqualTo(CommandErrors.DATA);
    assertThat(out.toString()).contains("1 read, 0 stored, 0 already there, 0 expired, 1 refused");
    assertThat(out.toString()).contains("millrace.legacy_rejects");

    assertThat(run("migrate-legacy", "--source-url", url)).isEqualTo(CommandErrors.DATA);
    assertThat(out.toString())
        .startsWith("jdbc:postgresql://127.0.0.1:")
        .contains("101 read, 0 stored, 100 already there, 0 expired, 1 refused");
    assertThat(run("migrate-legacy", "--batch-rows", "0")).isEqualTo(CommandErrors.CONFIGURATION);
  }

  private int run(String command, String... options) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    var line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    var arguments = new ArrayList<>(List.of(command, "--database-url", url));
    arguments.addAll(List.of(options));
    return line.execute(arguments.toArray(String[]::new));
  }

  private void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
