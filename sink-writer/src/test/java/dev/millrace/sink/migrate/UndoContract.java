package dev.millrace.sink.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.failure.MillraceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Contract: undoing takes all that the migrations made, and nothing else. */
abstract class UndoContract {
  private static final String SCHEMAS =
      "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_|timescaledb|information_schema' ORDER BY 1";

  private final PGSimpleDataSource database = new PGSimpleDataSource();
  private final Migrator migrator;
  private final Undo undo;
  private Connection connection;

  UndoContract(DatabaseFixture fixture) {
    database.setUrl(fixture.jdbcUrl());
    migrator = new Migrator(database);
    undo = new Undo(database);
  }

  @BeforeEach
  void migrate() throws SQLException {
    connection = database.getConnection();
    execute("DROP SCHEMA IF EXISTS mine, archive CASCADE; CREATE SCHEMA mine");
    migrator.migrate();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void leavesNothingAndTheMigrationsRunAgain() throws SQLException {
    execute(
        """
        INSERT INTO hub.metrics
          (timestamp, time_bucket, asset_id, metric_type, metric_name, tenant_id, value_count)
        VALUES (now(), '1 min', 'a', 't', 'm', 'x', 1), ('2014-07-01', '1 min', 'b', 't', 'm', 'x', 1)""");
    assertThat(undo.plan().gone())
        .contains("schema hub", "table hub.metrics", "table millrace.schema_history");
    assertThat(rows("SELECT count(*) FROM hub.metrics")).containsExactly("2");

    var undone = undo.drop();

    assertThat(undone.gone()).contains("table hub.metrics").hasSizeGreaterThan(70);
    assertThat(undone.kept()).isEmpty();
    assertThat(rows(SCHEMAS)).containsExactly("mine", "public");
    assertThat(undo.drop().gone()).isEmpty();
    assertThat(migrator.migrate()).isNotEmpty();
    assertThat(rows("SELECT count(*) FROM hub.metrics")).containsExactly("0");
  }

  @Test
  void keepsWhatOthersPutInTheSameSchemas() throws SQLException {
    execute(
        """
        CREATE TABLE hub."My notes" (note text);
        INSERT INTO hub."My notes" VALUES ('mine');
        CREATE VIEW hub.my_view AS SELECT * FROM hub."My notes";
        CREATE SCHEMA IF NOT EXISTS archive;
        CREATE TABLE archive.camera__camera_events (id int);
        CREATE TABLE archive.camera__camera_events_p20260101 () INHERITS (archive.camera__camera_events);
        CREATE TABLE archive.letters (id int)""");

    assertThat(undo.drop().kept()).contains("table hub.\"My notes\"", "view hub.my_view");

    assertThat(rows(SCHEMAS)).containsExactly("archive", "hub", "mine", "public");
    assertThat(rows("SELECT note FROM hub.my_view")).containsExactly("mine");
    assertThat(rows("SELECT relname FROM pg_class WHERE relnamespace = 'archive'::regnamespace"))
        .containsExactly("letters");
    assertThat(migrator.migrate()).isNotEmpty();
    execute("DROP TABLE hub.\"My notes\" CASCADE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE VIEW mine.v AS SELECT * FROM hub.metrics | view mine.v",
        "CREATE TABLE mine.t (c varchar REFERENCES camera.cameras) | table mine.t",
        "CREATE TABLE mine.t (l audio.tap_type) | column l of table mine.t",
        "CREATE TABLE mine.t (d text DEFAULT millrace.timescale_schema()) | default value for column d of table mine.t",
        "CREATE TRIGGER t BEFORE UPDATE ON mine.base FOR EACH ROW EXECUTE FUNCTION camera.update_alerts_timestamp() | trigger t on table mine.base",
        "CREATE VIEW hub.mine AS SELECT * FROM fiber.nodes | view hub.mine",
      })
  void refusesWhereOthersNeedIt(String foreign, String named) throws SQLException {
    execute("CREATE TABLE mine.base (id int)");
    execute(foreign);
    assertThatThrownBy(undo::drop)
        .isInstanceOfSatisfying(
            MillraceException.class,
            refused -> assertThat(refused.code()).isEqualTo(MigrateFailure.UNDO_REFUSED))
        .hasMessageContaining(named)
        .hasMessageContaining("Nothing was dropped");
    assertThat(migrator.pending()).isEmpty();
    execute("DROP VIEW IF EXISTS hub.mine");
  }

  @Test
  void refusesWhileAPipelineWrites() throws SQLException {
    execute(
        "INSERT INTO millrace.sink_progress (sink, topic, partition, next_offset) VALUES ('millrace-sink', 'hub.samples', 0, 1)");
    assertThatThrownBy(undo::drop)
        .hasMessageContaining("millrace-sink from hub.samples at ")
        .hasMessageContaining("Nothing was dropped");
    assertThatThrownBy(undo::plan).hasMessageContaining("millrace-sink");

    execute("UPDATE millrace.sink_progress SET updated_at = now() - INTERVAL '2 minutes'");
    assertThat(undo.drop().gone()).isNotEmpty();
  }

  /** As it is in a database that was migrated before anything was noted. */
  @Test
  void takesADatabaseWhoseMigrationsNotedNothing() throws SQLException {
    execute("DROP TABLE millrace.made");
    undo.drop();
    assertThat(rows(SCHEMAS)).containsExactly("mine", "public");
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> rows(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var found = statement.executeQuery(sql)) {
      var rows = new ArrayList<String>();
      while (found.next()) {
        rows.add(found.getString(1));
      }
      return rows;
    }
  }
}
