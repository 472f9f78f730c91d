package dev.millrace.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.standalone.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The command as an operator calls it. */
@ExtendWith(DatabaseExtension.class)
class MaintainCommandIT {
  private static final String EXPIRED = "expire rows camera.alerts";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final String url;

  MaintainCommandIT(DatabaseFixture database) {
    url = database.jdbcUrl();
  }

  @BeforeEach
  void storeAnOldRow() throws SQLException {
    assertThat(run("migrate")).isZero();
    execute(
        "INSERT INTO camera.alerts (alert_type, severity, title, description, created_at)"
            + " VALUES ('motion', 1, 'old', 'old', '2014-07-01')");
  }

  @Test
  void listsWhatIsDueAndThenDoesIt() {
    assertThat(run("maintain", "--dry-run")).isZero();
    assertThat(out.toString()).contains(EXPIRED, ": 1 rows", "steps due");
    out.getBuffer().setLength(0);

    assertThat(run("maintain")).isZero();
    assertThat(out.toString()).contains(EXPIRED, ": 1 rows", "steps done");
    out.getBuffer().setLength(0);

    assertThat(run("maintain")).isZero();
    assertThat(out.toString()).doesNotContain(EXPIRED);
  }

  @Test
  void saysWhichTableWasBusy() throws SQLException {
    try (var other = DriverManager.getConnection(url);
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE camera.alerts IN ACCESS EXCLUSIVE MODE");
      assertThat(run("maintain")).isEqualTo(CommandErrors.OUTAGE);
    }
    assertThat(err.toString()).contains("camera.alerts", "lock timeout").doesNotContain("\tat ");
  }

  @Test
  void leavesItToAnotherProcessThatIsAtIt() throws SQLException {
    try (var other = DriverManager.getConnection(url);
        var statement = other.createStatement()) {
      // As Session takes it.
      statement.execute("SELECT pg_advisory_lock(%d)".formatted(0x6D696C6C72616365L));
      assertThat(run("maintain")).isEqualTo(CommandErrors.OUTAGE);
    }
    assertThat(err.toString()).contains("another process");
  }

  private int run(String command, String... options) {
    var line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    var arguments = new String[options.length + 3];
    arguments[0] = command;
    arguments[1] = "--database-url";
    arguments[2] = url;
    System.arraycopy(options, 0, arguments, 3, options.length);
    return line.execute(arguments);
  }

  private void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
