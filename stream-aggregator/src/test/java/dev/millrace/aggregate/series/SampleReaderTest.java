package dev.millrace.aggregate.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.aggregate.AvroValues;
import dev.millrace.aggregate.FakeRegistry;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.catalog.Millrace;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.Fields;
import dev.millrace.schema.Measure;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.SchemaFailure;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.wire.RecordEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reader against Avro's own generic records, of which it makes none. */
class SampleReaderTest {
  private static final int RECORDS = 200;
  private static final int HEADER = 5;

  private final FakeRegistry registry = new FakeRegistry();

  static Stream<RecordType> folded() {
    return Millrace.CATALOG.folded();
  }

  @ParameterizedTest
  @MethodSource("folded")
  void whatIsReadIsWhatARecordHas(RecordType type) {
    var plan = new FoldPlan(type);
    var reader = new SampleReader(plan, registry);
    var encoder = new RecordEncoder(type, registry);
    for (var random : new RandomData(type.schema(), RECORDS, 3)) {
      var record = (GenericRecord) random;
      assertSame(plan, record, reader.read(encoder.encode(record)));
    }
  }

  @ParameterizedTest
  @MethodSource("folded")
  void theSameSeriesHasTheSameKeyHoweverItIsEncoded(RecordType type) {
    var plan = new FoldPlan(type);
    var reader = new SampleReader(plan, registry);
    for (var random : new RandomData(type.schema(), RECORDS, 4)) {
      var record = (GenericRecord) random;
      var plain = keys(plan, reader.read(message(type, record, SampleReaderTest::plain)));
      var blocks = keys(plan, reader.read(message(type, turned(record), SampleReaderTest::blocks)));
      assertThat(blocks).isEqualTo(plain);
    }
  }

  @ParameterizedTest
  @MethodSource("folded")
  void anotherValueOfADimensionIsAnotherSeries(RecordType type) {
    var plan = new FoldPlan(type);
    var reader = new SampleReader(plan, registry);
    var encoder = new RecordEncoder(type, registry);
    for (var random : new RandomData(type.schema(), 50, 5)) {
      var record = (GenericRecord) random;
      var before = keys(plan, reader.read(encoder.encode(record)));
      for (var name : type.fold().orElseThrow().series()) {
        var was = record.get(name);
        for (var other : new RandomData(type.schema(), 5, 6)) {
          record.put(name, ((GenericRecord) other).get(name));
          var now = keys(plan, reader.read(encoder.encode(record)));
          assertThat(now.equals(before))
              .isEqualTo(AvroValues.text(record.get(name)).equals(AvroValues.text(was)));
        }
        record.put(name, was);
      }
    }
  }

  @Test
  void aWriterWithOtherFieldsInAnotherOrderIsRead() {
    var type = HubRecords.SAMPLES;
    var fields = new ArrayList<Schema.Field>();
    fields.add(new Schema.Field("added", Schema.create(Schema.Type.STRING)));
    for (var field : type.schema().getFields()) {
      fields.add(1, new Schema.Field(field, field.schema()));
    }
    assertWrittenOtherwiseIsRead(type, fields, Map.of("added", "new"));
  }

  @Test
  void aWriterWhoseNumbersAreNarrowerIsTranslated() {
    var type = HubRecords.SAMPLES;
    var fields = new ArrayList<Schema.Field>();
    for (var field : type.schema().getFields()) {
      var schema = field.name().equals("value") ? Schema.create(Schema.Type.FLOAT) : field.schema();
      fields.add(new Schema.Field(field.name(), schema));
    }
    assertWrittenOtherwiseIsRead(type, fields, Map.of("value", 2.5f));
  }

  private void assertWrittenOtherwiseIsRead(
      RecordType type, List<Schema.Field> fields, Map<String, Object> set) {
    var own = type.schema();
    var writer = Schema.createRecord(own.getName(), null, own.getNamespace(), false, fields);
    var plan = new FoldPlan(type);
    var reader = new SampleReader(plan, registry);
    for (var random : new RandomData(own, 50, 8)) {
      var record = (GenericRecord) random;
      var otherwise = new GenericData.Record(writer);
      for (var field : fields) {
        otherwise.put(
            field.name(),
            set.containsKey(field.name()) ? set.get(field.name()) : record.get(field.name()));
      }
      if (set.containsKey("value")) {
        record.put("value", 2.5);
      }
      var id = registry.register("any", writer.toString());
      assertSame(plan, record, reader.read(message(id, otherwise, SampleReaderTest::plain)));
    }
  }

  @ParameterizedTest
  @MethodSource("folded")
  void aRecordThatIsCutShortIsUndecodableAndTheNextIsRead(RecordType type) {
    var plan = new FoldPlan(type);
    var reader = new SampleReader(plan, registry);
    var encoder = new RecordEncoder(type, registry);
    for (var random : new RandomData(type.schema(), 5, 9)) {
      var whole = encoder.encode((GenericRecord) random);
      for (var length = 0; length < whole.length; length++) {
        var cut = Arrays.copyOf(whole, length);
        assertUndecodable(() -> reader.read(cut));
      }
      assertUndecodable(() -> reader.read(Arrays.copyOf(whole, whole.length + 1)));
      assertSame(plan, (GenericRecord) random, reader.read(whole));
    }
  }

  private static void assertUndecodable(ThrowingCallable read) {
    assertThatThrownBy(read)
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> assertThat(e.code()).isEqualTo(SchemaFailure.UNDECODABLE));
  }

  @ParameterizedTest
  @MethodSource("folded")
  void brokenBytesAreReadOrRefusedAndNothingElse(RecordType type) {
    var reader = new SampleReader(new FoldPlan(type), registry);
    var encoder = new RecordEncoder(type, registry);
    var random = new SplittableRandom(10);
    for (var record : new RandomData(type.schema(), RECORDS, 11)) {
      var bytes = encoder.encode((GenericRecord) record);
      for (var i = 0; i < 20; i++) {
        var broken = bytes.clone();
        broken[HEADER + random.nextInt(bytes.length - HEADER)] = (byte) random.nextInt(256);
        try {
          var unused = reader.read(broken);
        } catch (MillraceException refused) {
          assertThat(refused.code()).isEqualTo(SchemaFailure.UNDECODABLE);
        }
      }
    }
  }

  private static void assertSame(FoldPlan plan, GenericRecord record, RawRecord read) {
    var fold = plan.fold();
    assertThat(read.micros()).isEqualTo(record.get(plan.type().eventTime()));
    for (var i = 0; i < fold.measures().size(); i++) {
      var measure = fold.measures().get(i);
      var value = record.get(measure.field());
      assertThat(read.has(i)).isEqualTo(value != null);
      if (value != null) {
        assertThat(read.number(i)).isEqualTo(number(measure, value));
      }
      assertThat(read.metric(i))
          .asString(java.nio.charset.StandardCharsets.UTF_8)
          .isEqualTo(metric(measure, record));
    }
    var identity = new IdentityReader(plan.identitySchema()).read(read.identity());
    for (var field : plan.identitySchema().getFields()) {
      assertThat(AvroValues.text(identity.get(field.pos())))
          .isEqualTo(AvroValues.text(record.get(field.name())));
    }
    assertThat(read.relabels(read.identity())).isFalse();
  }

  private static double number(Measure measure, Object value) {
    return measure
        .up()
        .map(up -> up.equals(value.toString()) ? 100.0 : 0.0)
        .orElseGet(() -> ((Number) value).doubleValue());
  }

  private static String metric(Measure measure, GenericRecord record) {
    return measure.metric() instanceof Measure.Metric.Named named
        ? named.name()
        : record.get(((Measure.Metric.InField) measure.metric()).field()).toString();
  }

  private static List<String> keys(FoldPlan plan, RawRecord read) {
    var keys = new ArrayList<String>();
    var out = new StateWriter();
    for (var measure = 0; measure < plan.measures(); measure++) {
      read.writeSeriesKey(measure, out);
      keys.add(Arrays.toString(out.toByteArray()));
    }
    return keys;
  }

  /** The same record, with the entries of its maps in another order. */
  private static GenericRecord turned(GenericRecord record) {
    var turned = new GenericData.Record((GenericData.Record) record, false);
    for (var field : record.getSchema().getFields()) {
      if (Fields.valueSchema(field.schema()).getType() == Schema.Type.MAP
          && record.get(field.pos()) instanceof Map<?, ?> map) {
        var other = new LinkedHashMap<Object, Object>();
        var names = new ArrayList<Object>(map.keySet());
        Collections.reverse(names);
        names.forEach(name -> other.put(name, map.get(name)));
        turned.put(field.pos(), other);
      }
    }
    return turned;
  }

  private byte[] message(RecordType type, GenericRecord record, Encoding encoding) {
    return message(registry.register("any", type.schema().toString()), record, encoding);
  }

  private static byte[] message(int id, GenericRecord record, Encoding encoding) {
    var bytes = new ByteArrayOutputStream();
    try {
      bytes.write(new byte[] {0, 0, 0, 0, (byte) id});
      var encoder = encoding.of(bytes);
      new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
      encoder.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** One of the ways in which Avro writes the same. */
  private interface Encoding {
    Encoder of(ByteArrayOutputStream bytes);
  }

  private static Encoder plain(ByteArrayOutputStream bytes) {
    return EncoderFactory.get().directBinaryEncoder(bytes, null);
  }

  private static Encoder blocks(ByteArrayOutputStream bytes) {
    return new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(bytes, null);
  }
}
