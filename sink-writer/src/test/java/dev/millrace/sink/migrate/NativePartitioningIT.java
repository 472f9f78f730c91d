package dev.millrace.sink.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On PostgreSQL alone: native partitions, and a default one for what has none. */
@ExtendWith(DatabaseExtension.class)
class NativePartitioningIT extends PartitioningContract {

  NativePartitioningIT(DatabaseFixture fixture) {
    super(fixture);
  }

  @Override
  String isPartitioned() {
    return "SELECT relkind = 'p' AND millrace.default_partition(oid) IS NOT NULL FROM pg_class WHERE oid = '%s'::regclass";
  }

  @Test
  void namesPartitionsByWhenTheyBegin() throws SQLException {
    makeShop();
    partition("shop.orders", "placed_at", "1 hour", "90 days", "");
    ensure("2014-07-01 10:30", "2014-07-01 12:00");
    partition("shop.orders", "placed_at", "1 day", "90 days", "");
    ensure("2014-07-01", "2014-07-03");
    assertThat(
            rows(
                "SELECT partition, lower_bound, upper_bound FROM millrace.partitions('shop.orders')"
                    + " WHERE lower_bound < '2015-01-01'"))
        .containsExactly(
            "shop.orders_p2014070100, 2014-07-01 00:00:00+00, 2014-07-01 10:00:00+00",
            "shop.orders_p2014070110, 2014-07-01 10:00:00+00, 2014-07-01 11:00:00+00",
            "shop.orders_p2014070111, 2014-07-01 11:00:00+00, 2014-07-01 12:00:00+00",
            "shop.orders_p2014070112, 2014-07-01 12:00:00+00, 2014-07-02 00:00:00+00",
            "shop.orders_p20140702, 2014-07-02 00:00:00+00, 2014-07-03 00:00:00+00");
  }

  /** Even of a table that lets nobody delete. */
  @Test
  void movesRowsOutOfTheDefaultPartition() throws SQLException {
    makeShop();
    partition("shop.orders", "placed_at", "1 day", "90 days", "");
    execute(
        "INSERT INTO shop.orders (customer, placed_at) VALUES (1, '2014-07-01 23:59'), (1, '2014-07-02')");
    assertThat(rows("SELECT id FROM shop.orders_pdefault")).containsExactly("1", "2");

    assertThat(ensure("2014-07-01", "2014-07-02")).containsExactly("1");

    assertThat(rows("SELECT id FROM shop.orders_pdefault")).containsExactly("2");
    assertThat(rows("SELECT id FROM shop.orders_p20140701")).containsExactly("1");
    assertThat(rows("SELECT count(*) FROM shop.orders")).containsExactly("2");
    assertThat(ensure("2014-07-01", "2014-07-02")).containsExactly("0");
  }

  @Test
  void clearsTheDefaultPartitionOfWhatIsStillKept() throws SQLException {
    makeShop();
    partition("shop.orders", "placed_at", "1 day", "90 days", "");
    execute(
        "INSERT INTO shop.orders (customer, placed_at) VALUES (1, now() - interval '50 days'),"
            + " (1, now() + interval '50 days'), (1, '2014-07-01'), (1, 'infinity')");
    assertThat(
            rows(
                "SELECT millrace.ensure_partitions_for_rows('shop.orders', 'shop.orders_pdefault')"))
        .containsExactly("2");
    assertThat(rows("SELECT id FROM shop.orders_pdefault ORDER BY id")).containsExactly("3", "4");
    assertThat(rows("SELECT count(*) FROM shop.orders")).containsExactly("4");
  }

  /** A writer that has not committed yet; waiting for it would fail here instead of hanging. */
  @Test
  void makesPartitionsWhileOthersWrite() throws SQLException {
    makeShop();
    partition("shop.orders", "placed_at", "1 day", "90 days", "");
    try (var writer = connect();
        var statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("INSERT INTO shop.orders (customer, placed_at) VALUES (1, now())");
      execute("SET lock_timeout = '10s'");
      assertThat(ensure("2026-01-01", "2026-01-02")).containsExactly("1");
      statement.execute("INSERT INTO shop.orders (customer, placed_at) VALUES (1, '2026-01-01')");
      writer.commit();
    }
    assertThat(rows("SELECT id FROM shop.orders_p20260101")).containsExactly("2");
  }

  @Test
  void makesNoPartitionsWithoutEnd() throws SQLException {
    makeShop();
    partition("shop.orders", "placed_at", "1 day", "90 days", "");
    assertThatThrownBy(() -> ensure("2026-01-01", "infinity")).hasMessageContaining("no end");
  }

  @Test
  void looksOnlyIntoThePartitionsOfTheTimeAskedFor() throws SQLException {
    makeShop();
    partition("shop.orders", "placed_at", "1 day", "90 days", "");
    ensure("2026-01-01", "2026-01-05");
    var plan =
        rows("EXPLAIN (COSTS off) SELECT * FROM shop.orders WHERE placed_at = '2026-01-02 12:00Z'");
    assertThat(plan).anyMatch(line -> line.contains("orders_p20260102"));
    assertThat(plan).noneMatch(line -> line.contains("default") || line.contains("0103"));
  }

  private List<String> ensure(String from, String to) throws SQLException {
    return rows("SELECT millrace.ensure_partitions('shop.orders', '%s', '%s')".formatted(from, to));
  }
}
