package dev.millrace.sink.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.TimescaleExtension;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On TimescaleDB: hypertables, whose chunks come with the rows. */
@ExtendWith(TimescaleExtension.class)
class TimescalePartitioningIT extends PartitioningContract {

  TimescalePartitioningIT(DatabaseFixture fixture) {
    super(fixture);
  }

  @Override
  String isPartitioned() {
    return "SELECT millrace.is_hypertable('%s')";
  }

  @Test
  void spreadsByASecondDimension() throws SQLException {
    makeShop();
    execute("CREATE TABLE shop.visits (at timestamptz NOT NULL, tenant text NOT NULL)");
    execute("INSERT INTO shop.visits SELECT now(), 't' || n FROM generate_series(1, 50) n");
    partition(
        "shop.visits",
        "at",
        "1 day",
        "90 days",
        ", space_column => 'tenant', space_partitions => 4");
    assertThat(rows("SELECT count(*) FROM millrace.partitions('shop.visits')"))
        .containsExactly("4");
    assertThat(rows("SELECT count(*) FROM shop.visits")).containsExactly("50");
  }

  @Test
  void needsNoPartitionsAhead() throws SQLException {
    makeShop();
    assertThat(
            rows(
                "SELECT millrace.ensure_partitions('hub.metrics', now(), now() + interval '7 days')"))
        .containsExactly("0");
  }
}
