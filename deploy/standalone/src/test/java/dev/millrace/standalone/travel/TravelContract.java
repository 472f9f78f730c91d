package dev.millrace.standalone.travel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import dev.millrace.catalog.Fixtures;
import dev.millrace.catalog.Millrace;
import dev.millrace.catalog.ReadBack;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.embedded.junit.KafkaFixture;
import dev.millrace.embedded.junit.RegistryFixture;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Table;
import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.fiber.FiberRecords;
import dev.millrace.sink.encode.RowPlan;
import dev.millrace.sink.write.TableColumns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Contract: what is published is in its table, as it was, once. */
abstract class TravelContract {
  private final KafkaFixture kafka;
  private final RegistryFixture registry;
  private final DatabaseFixture database;

  TravelContract(KafkaFixture kafka, RegistryFixture registry, DatabaseFixture database) {
    this.kafka = kafka;
    this.registry = registry;
    this.database = database;
  }

  /** Full records and sparse ones of every type, all at once. */
  @Test
  void everyRecordIsReadBackAsItWasPublished() {
    var types = Millrace.CATALOG.stored().toList();
    var published = new LinkedHashMap<Table, List<Sent>>();
    try (var journey = new Journey(kafka, registry, database, types)) {
      for (var type : types) {
        var sent = published.computeIfAbsent(type.table().orElseThrow(), t -> new ArrayList<>());
        for (var record : List.of(Fixtures.full(type), Fixtures.sparse(type))) {
          DistinctKeys.move(type, record, sent.size());
          sent.add(new Sent(type.schema(), record));
          journey.publish(type, record);
        }
      }
      journey.awaitStored();
      SoftAssertions.assertSoftly(
          softly ->
              published.forEach(
                  (stored, sent) -> {
                    var fields = stored(journey, stored, sent.get(0).schema());
                    softly
                        .assertThat(read(journey, stored, fields))
                        .as("rows of %s", stored)
                        .containsExactlyInAnyOrderElementsOf(
                            sent.stream()
                                .map(each -> ReadBack.expected(each.record(), fields))
                                .toList());
                  }));
    }
  }

  private record Sent(Schema schema, GenericRecord record) {}

  /** The fields that are columns. */
  private static List<Schema.Field> stored(Journey journey, Table stored, Schema schema) {
    return journey
        .database()
        .connectionResult(
            connection -> new RowPlan(schema, TableColumns.read(connection, stored)).columns())
        .stream()
        .map(schema::getField)
        .toList();
  }

  private static List<Map<String, Object>> read(
      Journey journey, Table stored, List<Schema.Field> fields) {
    return journey
        .database()
        .connectionResult(connection -> ReadBack.rows(connection, stored.toString(), fields));
  }

  /**
   * @param child names a parent in {@code key}
   * @param parent is found by {@code key}
   */
  static Stream<Arguments> families() {
    return Stream.of(
        Arguments.of(AudioRecords.WINDOWS_5S, AudioRecords.TRACES, "trace_id"),
        Arguments.of(AudioRecords.SEGMENTS, AudioRecords.TRACES, "trace_id"),
        Arguments.of(AudioRecords.KNOB_SNAPSHOTS, AudioRecords.TRACES, "trace_id"),
        Arguments.of(AudioRecords.KNOB_EVENTS, AudioRecords.TRACES, "trace_id"),
        Arguments.of(FiberRecords.MEASUREMENTS, FiberRecords.NODES, "node_id"));
  }

  /** The seeds' foreign keys would refuse these rows. */
  @ParameterizedTest
  @MethodSource("families")
  void aRowIsStoredBeforeItsParentAndJoinedToItAfterwards(
      RecordType child, RecordType parent, String key) {
    var parentRecord = Fixtures.full(parent);
    var childRecord = Fixtures.full(child);
    childRecord.put(key, parentRecord.get(key));
    try (var journey = new Journey(kafka, registry, database, List.of(child, parent))) {
      journey.publish(child, childRecord);
      journey.awaitStored();
      assertThat(joined(journey, child, parent, key)).containsExactly((Object) null);

      journey.publish(parent, parentRecord);
      journey.awaitStored();
      assertThat(joined(journey, child, parent, key)).containsExactly(parentRecord.get(key));
    }
  }

  /** The key of the parent that each child's row finds, null where it finds none. */
  private static List<Object> joined(
      Journey journey, RecordType child, RecordType parent, String key) {
    var from = table(child).as("child");
    var to = table(parent).as("parent");
    var found = field(name("parent", key), String.class);
    return journey
        .database()
        .select(found)
        .from(from)
        .leftJoin(to)
        .on(field(name("child", key)).eq(field(name("parent", key))))
        .fetch(row -> row.value1());
  }

  private static org.jooq.Table<?> table(RecordType type) {
    var stored = type.table().orElseThrow();
    return org.jooq.impl.DSL.table(name(stored.schema(), stored.name()));
  }
}
