package dev.millrace.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratedTablesTest {
  private static final Instant UNTIL = Instant.parse("2014-07-31T10:20:33Z");
  private static final TimeSpan WEEK = TimeSpan.before(UNTIL, Duration.ofDays(7));

  static Stream<GeneratedTable> tables() {
    return Stream.of(
        new HubEvents(1, 120_000, WEEK, new Assets()),
        new HubMetrics(1, 30_000, WEEK, new Assets()),
        new CameraEvents(1, 60_000, WEEK),
        new AudioTraces(new Calls(1, 3_000, UNTIL)),
        new AudioWindows(1, new Calls(1, 3_000, UNTIL)));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void hasTheRowsItSays(GeneratedTable table) {
    var rows = all(table);
    assertThat(rows).hasSize((int) table.rows());
    assertThat(rows).allSatisfy(row -> GenericData.get().validate(row.getSchema(), row));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyRowHasAKeyOfItsOwn(GeneratedTable table) {
    var key = table.type().table().orElseThrow().conflictKey();
    var keys = new HashSet<List<Object>>();
    for (var row : all(table)) {
      keys.add(key.stream().map(field -> row.get(row.getSchema().getField(field).pos())).toList());
    }
    assertThat(keys).hasSize((int) table.rows());
  }

  @ParameterizedTest
  @MethodSource("tables")
  void liesInItsSpan(GeneratedTable table) {
    var time = table.type().schema().getField(table.type().eventTime()).pos();
    assertThat(all(table))
        .allSatisfy(
            row ->
                assertThat((long) row.get(time))
                    .isGreaterThanOrEqualTo(table.span().fromMicros())
                    .isLessThan(table.span().fromMicros() + table.span().micros()));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void isTheSameEveryTime(GeneratedTable table) {
    var last = table.batches() - 1;
    assertThat(batch(table, last)).isEqualTo(batch(table, last));
  }

  private static List<IndexedRecord> all(GeneratedTable table) {
    var rows = new ArrayList<IndexedRecord>();
    for (var batch = 0; batch < table.batches(); batch++) {
      rows.addAll(batch(table, batch));
    }
    return rows;
  }

  private static List<IndexedRecord> batch(GeneratedTable table, int number) {
    var rows = new ArrayList<IndexedRecord>();
    table.generate(number, row -> rows.add(GenericData.get().deepCopy(row.getSchema(), row)));
    return rows;
  }
}
