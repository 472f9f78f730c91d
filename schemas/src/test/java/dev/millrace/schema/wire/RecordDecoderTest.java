package dev.millrace.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.SchemaFailure;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class RecordDecoderTest {
  private static final Schema OLD =
      SchemaBuilder.record("Reading")
          .fields()
          .requiredString("id")
          .name("at")
          .type(time())
          .noDefault()
          .endRecord();
  private static final Schema NEW =
      SchemaBuilder.record("Reading")
          .fields()
          .requiredString("id")
          .name("at")
          .type(time())
          .noDefault()
          .optionalString("unit")
          .endRecord();

  private SchemaRegistry registry;

  @BeforeEach
  void freshRegistry(TestInfo test) {
    registry = new ConfluentSchemaRegistry("mock://" + test.getDisplayName(), Map.of());
  }

  @Test
  void readsWhatAnOlderSchemaWrote() {
    var bytes = encoder(OLD).encode(record(OLD, "a"));

    var read = new RecordDecoder(NEW, registry).decode(bytes, null);

    assertThat(read.get("id")).hasToString("a");
    assertThat(read.get("unit")).isNull();
  }

  @Test
  void readsOldAndNewMixedInOneTopic() {
    var old = encoder(OLD);
    var young = encoder(NEW);
    var decoder = new RecordDecoder(OLD, registry);
    var withUnit = record(NEW, "b");
    withUnit.put("unit", "ms");

    assertThat(decoder.decode(young.encode(withUnit), null).get("id")).hasToString("b");
    assertThat(decoder.decode(old.encode(record(OLD, "a")), null).get("id")).hasToString("a");
    assertThat(decoder.decode(young.encode(withUnit), null).get("id")).hasToString("b");
  }

  @Test
  void theBufferIsReusedAndTheBytesAreNot() {
    var encoder = encoder(OLD);
    var first = encoder.encode(record(OLD, "first, and long"));
    var kept = first.clone();
    encoder.encode(record(OLD, "b"));
    assertThat(first).isEqualTo(kept);
  }

  @Test
  void brokenBytesAreTold() {
    var bytes = encoder(OLD).encode(record(OLD, "a"));
    var decoder = new RecordDecoder(OLD, registry);

    assertCode(SchemaFailure.UNDECODABLE, () -> decoder.decode(null, null));
    assertCode(SchemaFailure.UNDECODABLE, () -> decoder.decode(new byte[0], null));
    assertCode(SchemaFailure.UNDECODABLE, () -> decoder.decode(new byte[] {1, 0, 0, 0, 1}, null));
    assertCode(
        SchemaFailure.UNDECODABLE,
        () -> decoder.decode(Arrays.copyOf(bytes, bytes.length - 3), null));
    assertCode(
        SchemaFailure.UNDECODABLE,
        () -> decoder.decode(Arrays.copyOf(bytes, bytes.length + 1), null));
  }

  @Test
  void aLengthThatIsALieIsBrokenToo() {
    var bytes = encoder(OLD).encode(record(OLD, "some text"));
    Arrays.fill(bytes, WireFormat.HEADER_BYTES, WireFormat.HEADER_BYTES + 4, (byte) 0xfe);
    bytes[WireFormat.HEADER_BYTES + 4] = 0x0f;
    assertCode(
        SchemaFailure.UNDECODABLE, () -> new RecordDecoder(OLD, registry).decode(bytes, null));
  }

  @Test
  void anUnknownIdIsTold() {
    assertCode(
        SchemaFailure.UNKNOWN_SCHEMA_ID,
        () -> new RecordDecoder(OLD, registry).decode(new byte[] {0, 0, 0, 3, 9, 2}, null));
  }

  private RecordEncoder encoder(Schema schema) {
    return new RecordEncoder(
        RecordType.of("readings", schema).key("id").eventTime("at").build(), registry);
  }

  private static GenericData.Record record(Schema schema, String id) {
    var record = new GenericData.Record(schema);
    record.put("id", id);
    record.put("at", 1L);
    return record;
  }

  private static Schema time() {
    return LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
  }

  private static void assertCode(SchemaFailure code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            MillraceException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
