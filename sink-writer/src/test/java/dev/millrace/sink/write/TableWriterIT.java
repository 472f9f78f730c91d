package dev.millrace.sink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.Table;
import dev.millrace.sink.encode.RowEncoder;
import dev.millrace.sink.encode.RowPlan;
import dev.millrace.sink.encode.WireRecords;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The two ways into a table with a key, and what becomes of rows it refuses. */
@ExtendWith(DatabaseExtension.class)
class TableWriterIT {
  private static final Table TABLE = new Table("public", "rows", List.of("key", "scope"));
  private static final Schema SCHEMA =
      SchemaBuilder.record("Row")
          .fields()
          .requiredInt("key")
          .optionalString("scope")
          .requiredInt("revision")
          .requiredInt("value")
          .endRecord();

  private final String url;
  private final EncodedRows rows = new EncodedRows();
  private Connection connection;
  private RowEncoder encoder;
  private TableWriter writer;

  TableWriterIT(DatabaseFixture database) {
    url = database.jdbcUrl();
  }

  @BeforeEach
  void makeTable() throws SQLException {
    connection = DriverManager.getConnection(url);
    connection.setAutoCommit(false);
    execute(
        """
        CREATE TABLE public.rows (
          id bigserial PRIMARY KEY,
          key int NOT NULL, scope text, revision int NOT NULL,
          value int CHECK (value >= 0), note text DEFAULT 'by default',
          UNIQUE NULLS NOT DISTINCT (key, scope))
        """);
    var plan = new RowPlan(SCHEMA, TableColumns.read(connection, TABLE));
    encoder = WireRecords.encoder(SCHEMA, plan);
    writer = new TableWriter(TABLE, plan.columns());
  }

  @AfterEach
  void rollback() throws SQLException {
    connection.rollback();
    connection.close();
  }

  @Test
  void copiesNewKeysStraight() throws SQLException {
    assertThat(write(row(1, 0, 10), row(2, 0, 20)))
        .isEqualTo(new Written(2, rows.bytes(), false, false, List.of()));
    assertThat(table()).containsExactly("1:10:by default", "2:20:by default");
  }

  @Test
  void replacesARowWhoseKeyIsTakenAndKeepsColumnsItDoesNotFill() throws SQLException {
    write(row(1, 0, 10));
    execute("UPDATE public.rows SET note = 'by hand'");

    assertThat(write(row(1, 1, 11), row(2, 0, 20)))
        .isEqualTo(new Written(2, rows.bytes(), true, true, List.of()));
    assertThat(table()).containsExactly("1:11:by hand", "2:20:by default");
  }

  @Test
  void neverLetsAnOlderRevisionWin() throws SQLException {
    write(row(1, 5, 50));
    write(row(1, 4, 40));
    assertThat(table()).containsExactly("1:50:by default");
  }

  @Test
  void leavesARowAloneThatIsWrittenAgainAsItIs() throws SQLException {
    write(row(1, 5, 50), row(2, 5, 20));
    var places = places();
    assertThat(write(row(1, 5, 50), row(2, 5, 20)))
        .isEqualTo(new Written(2, rows.bytes(), true, true, List.of()));
    assertThat(places()).isEqualTo(places);
    write(row(1, 5, 50), row(2, 5, 21));
    assertThat(places()).startsWith(places.get(0)).isNotEqualTo(places);
  }

  @Test
  void keepsTheNewestOfTheSameKeyInOneBatch() throws SQLException {
    write(row(1, 0, 10), row(1, 2, 12), row(1, 1, 11), row(2, 0, 1), row(2, 0, 2));
    assertThat(table()).containsExactly("1:12:by default", "2:2:by default");
  }

  @Test
  void tellsKeysApartThatDifferInNullOnly() throws SQLException {
    var scoped = row(1, 0, 20);
    scoped.put("scope", "s");
    write(row(1, 0, 10), scoped);
    write(row(1, 1, 11));
    assertThat(table()).containsExactlyInAnyOrder("1:11:by default", "1:20:by default");
  }

  @Test
  void goesToStagingAtOnceAfterAConflict() throws SQLException {
    write(row(1, 0, 10));
    write(row(1, 1, 11));
    assertThat(write(row(1, 2, 12)).conflicted()).isFalse();
    assertThat(table()).containsExactly("1:12:by default");
  }

  /** Whatever was made of the row since; and what has no key is a row of its own. */
  @Test
  void leavesTheFirstOfAKeyAsItIsWhereTheFirstIsKept() throws SQLException {
    execute("CREATE UNIQUE INDEX ON public.rows (scope)");
    var once = new Table("public", "rows", List.of("scope"), Table.Keeps.FIRST);
    writer =
        new TableWriter(once, new RowPlan(SCHEMA, TableColumns.read(connection, once)).columns());
    write(scoped(1, "a"), row(2, 0, 2));
    execute("UPDATE public.rows SET note = 'by hand'");

    var written = write(scoped(3, "a"), scoped(4, "b"), scoped(5, "b"), row(6, 0, 6), row(7, 0, 7));
    assertThat(written.refused()).isEmpty();
    assertThat(table())
        .containsExactly(
            "1:1:by hand", "2:2:by hand", "4:4:by default", "6:6:by default", "7:7:by default");
  }

  private static GenericData.Record scoped(int key, String scope) {
    var record = row(key, 0, key);
    record.put("scope", scope);
    return record;
  }

  @Test
  void findsTheRefusedRowsAmongNewOnes() throws SQLException {
    var batch = new ArrayList<GenericData.Record>();
    for (var key = 0; key < 100; key++) {
      batch.add(row(key, 0, key == 0 || key == 42 || key == 99 ? -1 : key));
    }
    var written = write(batch.toArray(GenericData.Record[]::new));
    assertThat(written.stored()).isEqualTo(97);
    assertThat(written.refused()).extracting(Refused::offset).containsExactly(0L, 42L, 99L);
    assertThat(table()).hasSize(97);
  }

  @Test
  void findsTheRefusedRowsAmongTakenKeys() throws SQLException {
    write(row(1, 0, 10), row(2, 0, 20), row(3, 0, 30));
    var written = write(row(3, 1, 31), row(2, 1, -1), row(1, 1, 11));
    assertThat(written.stored()).isEqualTo(2);
    assertThat(written.refused()).extracting(Refused::offset).containsExactly(1L);
    assertThat(written.refused().get(0).why().code()).isEqualTo(WriteFailure.ROW_REFUSED);
    assertThat(table())
        .containsExactlyInAnyOrder("1:11:by default", "2:20:by default", "3:31:by default");
  }

  @Test
  void refusesARowWhoseOtherKeyIsTaken() throws SQLException {
    execute("CREATE UNIQUE INDEX ON public.rows (value)");
    write(row(1, 0, 10));
    var written = write(row(2, 0, 10), row(3, 0, 30));
    assertThat(written.refused()).extracting(Refused::offset).containsExactly(0L);
    assertThat(written.refused().get(0).why().code()).isEqualTo(WriteFailure.KEY_TAKEN);
    assertThat(table()).hasSize(2);
  }

  /** What waits for the commit would fail there, where nobody can tell which row it was. */
  @Test
  void findsTheRowsThatOnlyADeferredConstraintRefuses() throws SQLException {
    execute("CREATE TABLE public.parents (value int PRIMARY KEY)");
    execute("INSERT INTO public.parents VALUES (10), (11)");
    execute(
        "ALTER TABLE public.rows ADD FOREIGN KEY (value) REFERENCES public.parents DEFERRABLE INITIALLY DEFERRED");

    var straight = write(row(1, 0, 10), row(2, 0, 20), row(3, 0, 11));
    assertThat(straight.refused()).extracting(Refused::offset).containsExactly(1L);
    var staged = write(row(3, 1, 30), row(1, 1, 11));
    assertThat(staged.refused()).extracting(Refused::offset).containsExactly(0L);
    assertThat(staged.refused().get(0).why().code()).isEqualTo(WriteFailure.ROW_REFUSED);
    assertThat(table()).containsExactlyInAnyOrder("1:11:by default", "3:11:by default");
  }

  /**
   * More than one chunk, so that the server has refused the first while the last is not encoded.
   */
  @Test
  void encodesWhileItSendsAndFindsRefusedRowsAllTheSame() throws SQLException {
    rows.begin(count(6_000, key -> row(key, 0, key == 3 || key == 5_990 ? -1 : key)));
    var written = writer.write(connection, rows);
    assertThat(written.stored()).isEqualTo(5_998);
    assertThat(written.refused()).extracting(Refused::offset).containsExactly(3L, 5_990L);

    rows.begin(count(6_000, key -> row(key, 1, key == 5_990 ? -1 : 7)));
    assertThat(writer.write(connection, rows).refused())
        .extracting(Refused::offset)
        .containsExactly(5_990L);
    assertThat(table()).hasSize(5_999).allMatch(row -> row.contains(":7:"));
  }

  @Test
  void whatFailsInTheMiddleOfEncodingLeavesNothingBehind() throws SQLException {
    connection.commit();
    var away = new MillraceException(WriteFailure.DATABASE_BUSY, "not now");
    rows.begin(
        count(
            6_000,
            key -> {
              if (key == 5_000) {
                throw away;
              }
              return row(key, 0, key);
            }));
    assertThatThrownBy(() -> writer.write(connection, rows)).isSameAs(away);
    connection.rollback();
    assertThat(table()).isEmpty();
    write(row(1, 0, 10));
    assertThat(table()).containsExactly("1:10:by default");
    execute("DROP TABLE public.rows");
    connection.commit();
  }

  private EncodedRows.Source count(int count, IntFunction<GenericData.Record> record) {
    var next = new AtomicInteger();
    return into -> {
      var key = next.getAndIncrement();
      if (key < count) {
        into.add(key, WireRecords.bytes(record.apply(key)), encoder);
      }
      return key < count;
    };
  }

  private Written write(GenericData.Record... records) throws SQLException {
    rows.clear();
    for (var i = 0; i < records.length; i++) {
      rows.add(i, WireRecords.bytes(records[i]), encoder);
    }
    return writer.write(connection, rows);
  }

  private static GenericData.Record row(int key, int revision, int value) {
    var record = new GenericData.Record(SCHEMA);
    record.put("key", key);
    record.put("revision", revision);
    record.put("value", value);
    return record;
  }

  private List<String> table() throws SQLException {
    return column("SELECT key || ':' || value || ':' || note FROM public.rows ORDER BY key, value");
  }

  /** Where each row lies: a row that is updated lies elsewhere. */
  private List<String> places() throws SQLException {
    return column("SELECT ctid::text FROM public.rows ORDER BY key, value");
  }

  private List<String> column(String query) throws SQLException {
    var shown = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var found = statement.executeQuery(query)) {
      while (found.next()) {
        shown.add(found.getString(1));
      }
    }
    return shown;
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
