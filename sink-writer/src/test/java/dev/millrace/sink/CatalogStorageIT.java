package dev.millrace.sink;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import org.junit.jupiter.api.extension.ExtendWith;

/** On PostgreSQL alone. */
@ExtendWith(DatabaseExtension.class)
class CatalogStorageIT extends CatalogStorageContract {

  CatalogStorageIT(DatabaseFixture fixture) {
<<<<<<< HEAD
    database = Database.open(DatabaseConfig.of(fixture.jdbcUrl()));
    new Migrator(database.dataSource()).migrate();
  }

  @AfterEach
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

  /** A key is one row also where some of its fields are null. */
  @ParameterizedTest
  @MethodSource("stored")
  void keepsOneRowOfAKeyWithNulls(RecordType type) throws SQLException {
    var table = type.table().orElseThrow();
    if (table.appendOnly()) {
      return;
    }
    try (var connection = database.dataSource().getConnection()) {
      var plan = new RowPlan(type.schema(), TableColumns.read(connection, table));
      var writer = new TableWriter(table, plan.columns());
      write(connection, writer, plan, Fixtures.sparse(type));
      write(connection, writer, plan, Fixtures.sparse(type));
      try (var statement = connection.createStatement();
          var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
        rows.next();
        assertThat(rows.getInt(1)).as("rows of %s", table).isEqualTo(1);
      }
      connection.rollback();
    }
  }

  private void assertReadBackEqual(RecordType type, GenericRecord record, boolean twice)
      throws SQLException {
    var table = type.table().orElseThrow();
    try (var connection = database.dataSource().getConnection()) {
      var plan = new RowPlan(type.schema(), TableColumns.read(connection, table));
      var writer = new TableWriter(table, plan.columns());
      write(connection, writer, plan, record);
      if (twice) {
        write(connection, writer, plan, record);
      }
      var fields = plan.columns().stream().map(name -> type.schema().getField(name)).toList();
      assertThat(ReadBack.row(connection, table.toString(), fields))
          .isEqualTo(ReadBack.expected(record, fields));
      connection.rollback();
    }
  }

  private static void write(
      Connection connection, TableWriter writer, RowPlan plan, GenericRecord record)
      throws SQLException {
    var rows = new EncodedRows();
    rows.add(0, record, plan);
    assertThat(writer.write(connection, rows).refused()).isEmpty();
=======
    super(fixture);
>>>>>>> partitions
  }
}
