package dev.millrace.sink.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.catalog.Millrace;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Table;
import dev.millrace.sink.Login;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Contract: who may do what. What must fail is tried, not looked up. */
abstract class RolesContract {
  private static final String DENIED = "42501";
  private static final String READER = "millrace_reader";
  private static final String WRITER = "millrace_writer";
  private static final String OWNER = "millrace_owner";

  private static final String OWN_TABLES =
      """
      SELECT c.oid::regclass FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN millrace.managed_schema ON schema_name = n.nspname
      WHERE c.relkind IN ('r', 'p')
      """;

  /** With the chunks of hypertables, which lie elsewhere. */
  private static final String TABLES =
      OWN_TABLES
          + """
          UNION SELECT i.inhrelid::regclass FROM pg_inherits i
          JOIN millrace.partition_policy p ON p.relation = i.inhparent
          """;

  private static final String SCHEMAS =
      "SELECT n.oid::regnamespace FROM pg_namespace n JOIN millrace.managed_schema ON nspname = schema_name";

  private final String url;
  private final PGSimpleDataSource database;
  private Connection superuser;

  RolesContract(DatabaseFixture fixture) {
    url = fixture.jdbcUrl();
    database = source(url);
    new Migrator(database).migrate();
  }

  @BeforeEach
  void connect() throws SQLException {
    superuser = database.getConnection();
    // A chunk to try.
    execute(
        superuser,
        """
        INSERT INTO hub.correlations (timestamp, correlation_type, primary_event_id, related_event_id,
          strength, confidence, tenant_id)
        VALUES (now(), 'x', gen_random_uuid(), gen_random_uuid(), 1, 1, 't')""");
  }

  @AfterEach
  void close() throws SQLException {
    superuser.close();
  }

  @Test
  void aReaderSelectsFromEveryTableAndView() throws SQLException {
    var relations =
        rows(
            superuser,
            """
            SELECT c.oid::regclass FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN millrace.managed_schema s ON s.schema_name = n.nspname
            WHERE s.analysts_read AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition
            """);
    assertThat(relations)
        .contains(
            "audio.metrics_agg_5s", "camera.v_system_metrics_latest", "network.device_credentials");
    try (var reader = member(READER)) {
      for (var relation : relations) {
        execute(reader, "SELECT * FROM %s LIMIT 1".formatted(relation));
      }
    }
  }

  @Test
  void aReaderSeesHowTablesAreCutAndHowLongRowsAreKept() throws SQLException {
    try (var reader = member(READER)) {
      assertThat(
              rows(
                  reader,
                  """
                  SELECT DISTINCT relation FROM millrace.partition_policy p
                  CROSS JOIN LATERAL millrace.partitions(p.relation) part
                  WHERE now() BETWEEN part.lower_bound AND part.upper_bound"""))
          .contains("hub.correlations");
    }
  }

  @Test
  void aReaderChangesNothing() throws SQLException {
    try (var reader = member(READER)) {
      for (var table : rows(superuser, TABLES)) {
        assertDenied(reader, "INSERT INTO %s DEFAULT VALUES".formatted(table));
        assertDenied(reader, "UPDATE %s SET %s = DEFAULT".formatted(table, firstColumn(table)));
        assertDenied(reader, "DELETE FROM %s".formatted(table));
        assertDenied(reader, "TRUNCATE %s".formatted(table));
      }
      assertNoDefinitions(reader);
    }
  }

  /**
   * The progress of the sink, the history of migrations, what roles may do: none of his business.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"sink_progress", "dead_letter", "schema_history", "access", "managed_schema"})
  void aReaderDoesNotSeeTheMachinery(String table) throws SQLException {
    try (var reader = member(READER)) {
      assertDenied(reader, "SELECT * FROM millrace." + table);
    }
  }

  /** A new table that is only added to needs a row in {@code millrace.access}. */
  @Test
  void aWriterHasWhatTheCatalogueNeeds() throws SQLException {
    var needed =
        Millrace.CATALOG
            .stored()
            .collect(
                Collectors.toMap(
                    type -> type.table().orElseThrow().toString(),
                    RolesContract::needed,
                    (one, other) -> one.length() > other.length() ? one : other));
    needed.put("millrace.sink_progress", "INSERT SELECT UPDATE");
    needed.put("millrace.dead_letter", "INSERT SELECT UPDATE");
    for (var table : rows(superuser, OWN_TABLES)) {
      assertThat(privileges(WRITER, table))
          .as("what millrace_writer may do with %s, see millrace.access", table)
          .isEqualTo(needed.getOrDefault(table, ""));
      needed.remove(table);
    }
    assertThat(needed).isEmpty();
  }

  private static String needed(RecordType type) {
    if (type.deletesByKey()) {
      return "DELETE INSERT SELECT UPDATE";
    }
    var table = type.table().orElseThrow();
    if (table.appendOnly()) {
      return "INSERT";
    }
    return table.keeps() == Table.Keeps.FIRST ? "INSERT SELECT" : "INSERT SELECT UPDATE";
  }

  @Test
  void aWriterRemovesNothingButByKeyAndDefinesNothing() throws SQLException {
    var byKey =
        Millrace.CATALOG
            .stored()
            .filter(RecordType::deletesByKey)
            .map(type -> type.table().orElseThrow().toString())
            .toList();
    try (var writer = member(WRITER)) {
      for (var table : rows(superuser, TABLES)) {
        if (!byKey.contains(table)) {
          assertDenied(writer, "DELETE FROM %s".formatted(table));
        }
        assertDenied(writer, "TRUNCATE %s".formatted(table));
      }
      assertNoDefinitions(writer);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE camera.audit_log SET action = 'x'",
        "DELETE FROM camera.audit_log",
        "SELECT * FROM camera.audit_log",
        "SELECT * FROM network.device_credentials",
        "SELECT * FROM fiber.aggregates_hourly",
        "SELECT * FROM millrace.schema_history",
        "SELECT * FROM millrace.apply_roles()",
        "SELECT * FROM millrace.ensure_partitions('hub.events', now(), now())"
      })
  void aWriterDoesNotGetAtWhatItDoesNotNeed(String sql) throws SQLException {
    try (var writer = member(WRITER)) {
      assertDenied(writer, sql);
    }
  }

  @Test
  void everythingBelongsToTheOwner() throws SQLException {
    assertThat(rows(superuser, "SELECT * FROM millrace.missing_ownership()")).isEmpty();
    for (var table : rows(superuser, TABLES)) {
      assertThat(
              rows(
                  superuser,
                  "SELECT relowner::regrole FROM pg_class WHERE oid = '%s'::regclass"
                      .formatted(table)))
          .as(table)
          .containsExactly(OWNER);
    }
  }

  @Test
  void anOwnerMigratesFromEmptyAndMakesPartitions() throws SQLException {
    Login.memberOf(OWNER, url);
    var empty = emptyDatabase("of_an_owner", OWNER + "_member");
    var migrator = new Migrator(source(Login.memberOf(OWNER, empty)));
    assertThat(migrator.migrate()).anyMatch(run -> run.startsWith("110 roles"));
    try (var owner = source(Login.memberOf(OWNER, empty)).getConnection();
        var writer = source(Login.memberOf(WRITER, empty)).getConnection();
        var reader = source(Login.memberOf(READER, empty)).getConnection()) {
      assertThat(rows(owner, "SELECT * FROM millrace.missing_ownership()")).isEmpty();
      assertThat(rows(owner, "SELECT * FROM millrace.missing_grants()")).isEmpty();
      execute(owner, "SELECT millrace.ensure_partitions('hub.events', now(), now() + '30 days')");
      execute(
          owner,
          """
          CREATE TABLE hub.visits (at timestamptz NOT NULL, who serial);
          SELECT millrace.make_time_partitioned('hub.visits', 'at', '1 day', '9 days')""");
      assertDenied(writer, "INSERT INTO hub.visits VALUES (now())");

      migrator.migrate();
      execute(writer, "INSERT INTO hub.visits VALUES (now())");
      assertThat(rows(reader, "SELECT who FROM hub.visits")).containsExactly("1");
      assertThat(rows(owner, "SELECT * FROM millrace.missing_ownership()")).isEmpty();
    }
  }

  /** As at a provider's, where roles are an administrator's. */
  @Test
  void whoIsNobodyMigratesAllTheSameAndIsToldWhatIsLeft() throws SQLException {
    execute(
        superuser,
        "DO $$ BEGIN CREATE ROLE nobody_much LOGIN; EXCEPTION WHEN duplicate_object THEN END $$");
    var empty = Login.as("nobody_much", emptyDatabase("of_nobody", "nobody_much"));
    assertThat(new Migrator(source(empty)).migrate()).anyMatch(run -> run.startsWith("110 roles"));
    try (var nobody = source(empty).getConnection();
        var reader = source(Login.as(READER + "_member", empty)).getConnection()) {
      assertThat(rows(nobody, "SELECT * FROM millrace.apply_roles()"))
          .containsExactly(
              "GRANT millrace_owner TO nobody_much",
              "GRANT CREATE ON DATABASE of_nobody TO millrace_owner");
      execute(reader, "SELECT * FROM hub.events");
    }
  }

  /** With it, whoever may create objects decides what a function calls, and with whose rights. */
  @Test
  void functionsHaveAFixedSearchPathAndTheRightsOfTheirCaller() throws SQLException {
    assertThat(
            rows(
                superuser,
                """
                SELECT p.oid::regprocedure FROM pg_proc p
                JOIN pg_namespace n ON n.oid = p.pronamespace
                JOIN millrace.managed_schema s ON s.schema_name = n.nspname
                WHERE p.prosecdef
                  -- A body of standard SQL is bound when it is made.
                  OR p.prosqlbody IS NULL
                    AND NOT coalesce(array_to_string(p.proconfig, ',') LIKE '%search_path=%', false)
                  OR has_function_privilege('public', p.oid, 'EXECUTE')"""))
        .isEmpty();
  }

  @Test
  void everySchemaIsKnown() throws SQLException {
    assertThat(
            Millrace.CATALOG
                .stored()
                .map(type -> type.table().orElseThrow().schema())
                .distinct()
                .toList())
        .isSubsetOf(rows(superuser, "SELECT schema_name FROM millrace.managed_schema"));
  }

  private void assertNoDefinitions(Connection user) throws SQLException {
    for (var table : rows(superuser, TABLES)) {
      assertDenied(user, "DROP TABLE %s".formatted(table));
      assertDenied(user, "ALTER TABLE %s ADD COLUMN x int".formatted(table));
    }
    for (var schema : rows(superuser, SCHEMAS + " UNION SELECT 'public'")) {
      assertDenied(user, "CREATE TABLE %s.x ()".formatted(schema));
      assertDenied(user, "CREATE FUNCTION %s.x() RETURNS int RETURN 1".formatted(schema));
    }
    assertDenied(user, "CREATE SCHEMA x");
    assertDenied(user, "CREATE ROLE x");
    assertDenied(user, "SET ROLE millrace_owner");
  }

  private String privileges(String role, String table) throws SQLException {
    return rows(
            superuser,
            """
            SELECT coalesce(string_agg(p, ' ' ORDER BY p), '')
            FROM unnest('{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER}'::text[]) p
            WHERE has_table_privilege('%s', '%s', p)"""
                .formatted(role, table))
        .get(0);
  }

  private String firstColumn(String table) throws SQLException {
    return rows(
            superuser,
            "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = '%s'::regclass AND attnum = 1"
                .formatted(table))
        .get(0);
  }

  /** As the database of this class was when it was new. */
  private String emptyDatabase(String name, String creator) throws SQLException {
    execute(superuser, "DROP DATABASE IF EXISTS " + name);
    execute(superuser, "CREATE DATABASE " + name);
    execute(superuser, "GRANT CREATE ON DATABASE %s TO %s".formatted(name, creator));
    var there = url.replaceFirst("/t\\d+\\?", "/" + name + "?");
    try (var connection = source(there).getConnection()) {
      prepare(connection);
    }
    return there;
  }

  /** What this flavour needs before the first migration. */
  abstract void prepare(Connection connection) throws SQLException;

  private Connection member(String role) throws SQLException {
    return source(Login.memberOf(role, url)).getConnection();
  }

  private static PGSimpleDataSource source(String url) {
    var source = new PGSimpleDataSource();
    source.setUrl(url);
    return source;
  }

  private static void assertDenied(Connection user, String sql) {
    assertThatThrownBy(() -> execute(user, sql))
        .as(sql)
        .isInstanceOfSatisfying(
            SQLException.class, failed -> assertThat(failed.getSQLState()).isEqualTo(DENIED));
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
