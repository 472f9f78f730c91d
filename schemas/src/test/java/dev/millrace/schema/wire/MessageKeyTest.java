package dev.millrace.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.audio.Sample;
import dev.millrace.schema.audio.Tap;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageKeyTest {
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type":"record","name":"Keyed","namespace":"test","fields":[
                {"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}},
                {"name":"text","type":"string"},
                {"name":"maybe","type":["null","string"]},
                {"name":"number","type":"int"},
                {"name":"map","type":{"type":"map","values":"string"}}]}
              """);

  @ParameterizedTest
  @CsvSource({
    "a, a",
    "'', ''",
    "a|b|, 'a,b,'",
    "|, ','",
    "a\\\\|b, 'a\\,b'",
    "a\\|b|c, 'a|b,c'",
    "a\\, 'a\\'"
  })
  void isTakenApartAgain(String key, String parts) {
    assertThat(MessageKey.parts(key.getBytes(StandardCharsets.UTF_8)))
        .containsExactly(parts.split(",", -1));
  }

  @Test
  void oneFieldIsItsValue() {
    assertThat(key(keyedBy("text"), record("St_3", null))).isEqualTo("St_3");
  }

  @Test
  void severalFieldsAreJoinedInDeclaredOrder() {
    assertThat(key(keyedBy("number", "text", "maybe"), record("a", "b"))).isEqualTo("7|a|b");
  }

  @Test
  void nullIsEmpty() {
    assertThat(key(keyedBy("text", "maybe"), record("a", null))).isEqualTo("a|");
    assertThat(key(keyedBy("maybe"), record("a", null))).isEmpty();
  }

  @Test
  void separatorsInsideValuesCannotMakeTwoKeysEqual() {
    var type = keyedBy("text", "maybe");

    assertThat(key(type, record("a|b", "c"))).isEqualTo("a\\|b|c");
    assertThat(key(type, record("a", "b|c"))).isEqualTo("a|b\\|c");
    assertThat(key(type, record("a\\", "c"))).isEqualTo("a\\\\|c");
  }

  @Test
  void isUtf8() {
    assertThat(MessageKey.of(keyedBy("text"), record("Zürich", null)))
        .isEqualTo("Zürich".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void generatedAndGenericRecordsHaveOneKey() {
    var type =
        RecordType.of("test.samples", Sample.getClassSchema())
            .key("station_key", "tap", "recorded_at")
            .eventTime("recorded_at")
            .build();
    var generated = new Sample();
    generated.setStationKey("St_1");
    generated.setTap(Tap.PRE);
    generated.setRecordedAt(Instant.parse("1969-12-31T23:59:59.999999Z"));
    var generic = new GenericData.Record(Sample.getClassSchema());
    generic.put("station_key", new Utf8("St_1"));
    generic.put(
        "tap", new GenericData.EnumSymbol(Sample.getClassSchema().getField("tap").schema(), "PRE"));
    generic.put("recorded_at", -1L);

    assertThat(MessageKey.of(type, generated)).isEqualTo(MessageKey.of(type, generic));
    assertThat(MessageKey.text(type, generated)).isEqualTo("St_1|PRE|-1");
  }

  @Test
  void samplesOfOneStationShareAKey() {
    var sample = new Sample();
    sample.setStationKey("St_1");

    assertThat(MessageKey.text(AudioRecords.SAMPLES, sample)).isEqualTo("St_1");
  }

  @Test
  void refusesAMap() {
    assertThatThrownBy(() -> MessageKey.of(keyedBy("map"), record("a", null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'map'")
        .hasMessageContaining("test.keyed");
  }

  private static RecordType keyedBy(String... fields) {
    return RecordType.of("test.keyed", SCHEMA).key(fields).eventTime("at").build();
  }

  private static GenericRecord record(String text, String maybe) {
    var record = new GenericData.Record(SCHEMA);
    record.put("at", 1L);
    record.put("text", text);
    record.put("maybe", maybe);
    record.put("number", 7);
    record.put("map", Map.of("k", "v"));
    return record;
  }

  private static String key(RecordType type, GenericRecord record) {
    return new String(MessageKey.of(type, record), StandardCharsets.UTF_8);
  }
}
