package dev.millrace.sink.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.EmbeddedDatabase;
import dev.millrace.sink.Login;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** On a server that has never seen Millrace: a role is of the whole server. */
class MissingRolesIT {
  private static final String ROLES =
      "SELECT rolname FROM pg_roles WHERE rolname LIKE 'millrace%' AND NOT rolcanlogin ORDER BY 1";

  private EmbeddedDatabase server;

  @BeforeEach
  void start() {
    server = EmbeddedDatabase.temporary();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tellsWhoMayMakeNoneWhatAnAdministratorHasToRun() throws SQLException {
    var url = databaseOf("plain", "LOGIN");
    new Migrator(source(url)).migrate();
    assertThat(rows(url, "SELECT to_regclass('hub.events')")).containsExactly("hub.events");
    var left = rows(url, "SELECT * FROM millrace.apply_roles()");
    assertThat(left)
        .containsExactly(
            "CREATE ROLE millrace_owner NOLOGIN",
            "CREATE ROLE millrace_writer NOLOGIN",
            "CREATE ROLE millrace_reader NOLOGIN",
            "GRANT millrace_owner TO plain");

    for (var statement : left) {
      execute(server.jdbcUrl(), statement);
    }
    // The rest is the database's, whose owner is somebody else.
    assertThat(new Migrator(source(url)).migrate()).isEmpty();
    assertThat(rows(url, "SELECT * FROM millrace.apply_roles()"))
        .containsExactly("GRANT CREATE ON DATABASE of_plain TO millrace_owner");
  }

  @Test
  void whoMayMakeRolesMakesThem() throws SQLException {
    var url = databaseOf("maker", "LOGIN CREATEROLE");
    new Migrator(source(url)).migrate();
    assertThat(rows(url, ROLES))
        .containsExactly("millrace_owner", "millrace_reader", "millrace_writer");
    assertThat(rows(url, "SELECT * FROM millrace.missing_ownership()")).isEmpty();
    assertThat(rows(url, "SELECT * FROM millrace.missing_grants()")).isEmpty();
  }

  @Test
  void databasesMigrateAtOnce() throws SQLException {
    var urls = Stream.of("a", "b", "c").map(server::createDatabase).toList();
    var running =
        urls.stream()
            .map(url -> CompletableFuture.runAsync(() -> new Migrator(source(url)).migrate()))
            .toList();
    running.forEach(CompletableFuture::join);
    for (var url : urls) {
      assertThat(rows(url, "SELECT * FROM millrace.missing_grants()")).isEmpty();
    }
  }

  /** A database that its user may create schemas in, and does not own. */
  private String databaseOf(String user, String rights) throws SQLException {
    var url = server.createDatabase("of_" + user);
    execute(url, "CREATE ROLE %s %s".formatted(user, rights));
    execute(url, "GRANT CREATE ON DATABASE of_%1$s TO %1$s".formatted(user));
    return Login.as(user, url);
  }

  private static PGSimpleDataSource source(String url) {
    var source = new PGSimpleDataSource();
    source.setUrl(url);
    return source;
  }

  private static void execute(String url, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> rows(String url, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
