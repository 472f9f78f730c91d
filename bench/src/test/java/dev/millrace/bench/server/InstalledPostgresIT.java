package dev.millrace.bench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.bench.machine.ProcessCpu;
import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.failure.MillraceException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** On the programs of the embedded PostgreSQL, which are there on every machine. */
@ExtendWith(DatabaseExtension.class)
class InstalledPostgresIT {
  @TempDir private Path folder;

  @Test
  void keepsItsStockSettingsAndItsData(DatabaseFixture fixture) throws SQLException {
    var programs = programsOf(fixture);
    try (var server = DatabaseServer.installed(programs, folder);
        var connection = server.database().getConnection();
        var statement = connection.createStatement()) {
      assertThat(ServerFacts.of(connection))
          .contains("fsync on", "synchronous_commit on", "shared_buffers 128MB")
          .endsWith("changed from its defaults: nothing else");
      assertThat(ProcessCpu.seconds(ServerFacts.processId(connection))).isPositive();
      statement.execute("CREATE TABLE kept (n int)");
    }
    try (var server = DatabaseServer.installed(programs, folder);
        var connection = server.database().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO kept VALUES (1)");
    }
  }

  @Test
  void saysWhatIsNotThere() {
    assertThatThrownBy(() -> DatabaseServer.installed(folder, folder))
        .isInstanceOfSatisfying(
            MillraceException.class,
            missing -> assertThat(missing.code()).isEqualTo(ServerFailure.NOT_INSTALLED))
        .hasMessageContaining("--pg-bin");
  }

  private static Path programsOf(DatabaseFixture fixture) throws SQLException {
    try (var connection = DriverManager.getConnection(fixture.jdbcUrl())) {
      var server = ProcessHandle.of(ServerFacts.processId(connection)).orElseThrow();
      return Path.of(server.info().command().orElseThrow()).getParent();
    }
  }
}
