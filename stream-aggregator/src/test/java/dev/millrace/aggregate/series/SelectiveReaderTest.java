package dev.millrace.aggregate.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.aggregate.FakeRegistry;
import dev.millrace.catalog.Fixtures;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.Condition;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.wire.RecordEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class SelectiveReaderTest {
  private static final RecordType EVENTS = HubRecords.EVENTS;
  private static final List<List<Condition>> WANTED =
      List.of(
          List.of(Condition.known("correlation_id", "parent_event_id")),
          List.of(Condition.known("asset_id"), Condition.oneOf("severity", "error", "critical")));
  private static final Set<String> FIELDS = Set.of("id", "severity", "asset_id");

  private final FakeRegistry registry = new FakeRegistry();
  private final RecordEncoder encoder = new RecordEncoder(EVENTS, registry);
  private final SelectiveReader reader = new SelectiveReader(EVENTS, WANTED, FIELDS, registry);

  @Test
  void readsTheFieldsThatAreWanted() {
    var event = event("error", "a", null, null);
    var read = reader.read(encoder.encode(event)).orElseThrow();
    assertThat(read.getSchema().getFields())
        .extracting(Schema.Field::name)
        .containsExactly("id", "asset_id", "severity");
    assertThat(read.get("asset_id")).hasToString("a");
  }

  /** Exactly those that meet the conditions, as far as bytes can tell. */
  @Test
  void letsNoneThroughThatIsNotWantedAndEveryOneThatIs() {
    var random = new Random(3);
    var severities =
        List.of("info", "error", "ERROR", "Critical", "erro", "errors", "", "criticaL");
    for (var i = 0; i < 2_000; i++) {
      var event =
          event(
              severities.get(random.nextInt(severities.size())),
              random.nextBoolean() ? "a" : null,
              random.nextInt(4) == 0 ? "c" : null,
              random.nextInt(4) == 0 ? "p" : null);
      var wanted =
          WANTED.stream().anyMatch(all -> all.stream().allMatch(each -> each.holds(event)));
      assertThat(reader.read(encoder.encode(event)).isPresent()).as("%s", event).isEqualTo(wanted);
    }
  }

  @Test
  void whatBytesCannotTellIsReadAndLeftToTheConditions() {
    var kelvin = "\u212A"; // its lower case is k
    var wanted = List.of(List.of(Condition.oneOf("severity", "k")));
    var lenient = new SelectiveReader(EVENTS, wanted, FIELDS, registry);
    assertThat(lenient.read(encoder.encode(event(kelvin, null, null, null)))).isPresent();

    var entry = List.of(List.of(Condition.oneOf("series.asset_id", "a")));
    var incidents = InsightRecords.ANOMALIES;
    var ofEntries = new SelectiveReader(incidents, entry, Set.of("series"), registry);
    var step = Fixtures.full(incidents);
    step.put("series", Map.of("asset_id", "b"));
    assertThat(ofEntries.read(new RecordEncoder(incidents, registry).encode(step))).isPresent();
  }

  @Test
  void whatCannotBeDecodedIsNothing() {
    var whole = encoder.encode(event("error", "a", "c", null));
    assertThat(reader.read(null)).isEmpty();
    assertThat(reader.read(new byte[] {1, 2, 3})).isEmpty();
    assertThat(reader.read(new byte[] {0, 0, 0, 0, 99, 1, 2})).as("an unknown id").isEmpty();
    for (var length = 0; length < whole.length; length++) {
      assertThat(reader.read(Arrays.copyOf(whole, length))).isEmpty();
    }
    assertThat(reader.read(Arrays.copyOf(whole, whole.length + 1))).as("bytes behind").isEmpty();
    assertThat(reader.read(whole)).isPresent();
  }

  @Test
  void aRegistryThatIsAwayIsWaitedFor() {
    var whole = encoder.encode(event("error", "a", "c", null));
    registry.away(true);
    assertThatThrownBy(() -> reader.read(whole)).isInstanceOf(MillraceException.class);
    registry.away(false);
    assertThat(reader.read(whole)).isPresent();
  }

  /** A writer of before or after may lack a field, or have it in another type. */
  @Test
  void aWriterOfAnotherVersionIsRead() {
    var writer =
        SchemaBuilder.record("Event")
            .namespace(EVENTS.schema().getNamespace())
            .fields()
            .requiredString("added")
            .requiredString("severity")
            .requiredString("id")
            .requiredString("asset_id")
            .requiredInt("parent_event_id")
            .endRecord();
    var record = new GenericData.Record(writer);
    record.put("added", "new");
    record.put("severity", "error");
    record.put("id", "7");
    record.put("asset_id", "a");
    record.put("parent_event_id", 5);
    var older = new RecordEncoder(type(writer), registry);
    assertThat(reader.read(older.encode(record)).orElseThrow().get("id")).hasToString("7");
  }

  private static RecordType type(Schema schema) {
    return RecordType.of("older", schema).key("id").eventTime("id").build();
  }

  private static GenericRecord event(String severity, String asset, String mark, String parent) {
    var event = Fixtures.full(EVENTS);
    event.put("severity", severity);
    event.put("asset_id", asset);
    event.put("correlation_id", mark);
    event.put("parent_event_id", parent);
    return event;
  }
}
