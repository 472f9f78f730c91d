package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.catalog.Fixtures;
import dev.millrace.catalog.Millrace;
import dev.millrace.catalog.ReadBack;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Table;
import dev.millrace.sink.encode.RowPlan;
import dev.millrace.sink.encode.WireRecords;
import dev.millrace.sink.write.EncodedRows;
import dev.millrace.sink.write.TableColumns;
import dev.millrace.sink.write.TableWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Contract: what is in the catalogue is stored as it is, every field filled and every one null,
 * with the rights of {@code millrace_writer}. Migrated once; what a test stores is rolled back.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class CatalogStorageContract {
  private Database database;

  @BeforeAll
  void migrate(DatabaseFixture fixture) {
    database = Database.open(DatabaseConfig.of(Migrated.url(fixture)));
  }

  @AfterAll
  void close() {
    database.close();
  }

  static Stream<RecordType> stored() {
    return Millrace.CATALOG.stored();
  }

  @ParameterizedTest
  @MethodSource("stored")
  void storesEveryField(RecordType type) throws SQLException {
    assertReadBackEqual(type, Fixtures.full(type), false);
  }

  @ParameterizedTest
  @MethodSource("stored")
  void storesNullInEveryOptionalField(RecordType type) throws SQLException {
    assertReadBackEqual(type, Fixtures.sparse(type), false);
  }

  /** The staged way stores what the straight one does. */
  @ParameterizedTest
  @MethodSource("stored")
  void storesTheSameOverARowThatIsThere(RecordType type) throws SQLException {
    if (!type.table().orElseThrow().appendOnly()) {
      assertReadBackEqual(type, Fixtures.full(type), true);
    }
  }

  /**
   * A key is one row also where some of its fields are null; but of what is kept once, a record
   * without a key is a row of its own.
   */
  @ParameterizedTest
  @MethodSource("stored")
  void keepsOneRowOfAKeyWithNulls(RecordType type) throws SQLException {
    var table = type.table().orElseThrow();
    if (table.appendOnly()) {
      return;
    }
    try (var connection = database.dataSource().getConnection()) {
      become(connection, "millrace_writer");
      var plan = new RowPlan(type.schema(), TableColumns.read(connection, table));
      var writer = new TableWriter(table, plan.columns());
      write(connection, writer, plan, Fixtures.sparse(type));
      write(connection, writer, plan, Fixtures.sparse(type));
      become(connection, "NONE");
      try (var statement = connection.createStatement();
          var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
        rows.next();
        var keyless =
            table.keeps() == Table.Keeps.FIRST
                && table.conflictKey().stream()
                    .allMatch(key -> Fixtures.sparse(type).get(key) == null);
        assertThat(rows.getInt(1)).as("rows of %s", table).isEqualTo(keyless ? 2 : 1);
      }
      connection.rollback();
    }
  }

  private void assertReadBackEqual(RecordType type, GenericRecord record, boolean twice)
      throws SQLException {
    var table = type.table().orElseThrow();
    try (var connection = database.dataSource().getConnection()) {
      become(connection, "millrace_writer");
      var plan = new RowPlan(type.schema(), TableColumns.read(connection, table));
      var writer = new TableWriter(table, plan.columns());
      write(connection, writer, plan, record);
      if (twice) {
        write(connection, writer, plan, record);
      }
      become(connection, "NONE");
      var fields = plan.columns().stream().map(name -> type.schema().getField(name)).toList();
      assertThat(ReadBack.rows(connection, table.toString(), fields))
          .containsExactly(ReadBack.expected(record, fields));
      connection.rollback();
    }
  }

  private static void become(Connection connection, String role) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SET ROLE " + role);
    }
  }

  private static void write(
      Connection connection, TableWriter writer, RowPlan plan, GenericRecord record)
      throws SQLException {
    var rows = new EncodedRows();
    rows.add(0, WireRecords.bytes(record), WireRecords.encoder(record.getSchema(), plan));
    assertThat(writer.write(connection, rows).refused()).isEmpty();
  }
}
