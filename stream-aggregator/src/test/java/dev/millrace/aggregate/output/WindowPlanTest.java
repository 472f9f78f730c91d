package dev.millrace.aggregate.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.aggregate.AggregatorFailure;
import dev.millrace.aggregate.AvroValues;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.series.FoldPlan;
import dev.millrace.aggregate.window.Cascade;
import dev.millrace.aggregate.window.SeriesWindows;
import dev.millrace.catalog.Millrace;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.Fold;
import dev.millrace.schema.Measure;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Statistic;
import dev.millrace.schema.Tier;
import dev.millrace.schema.WindowOutput;
import dev.millrace.schema.wire.MessageKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WindowPlanTest {
  private static final Schema RAW =
      SchemaBuilder.record("Raw")
          .fields()
          .requiredString("name")
          .optionalString("site")
          .optionalInt("level")
          .requiredDouble("value")
          .requiredLong("at")
          .endRecord();

  static Stream<RecordType> folded() {
    return Millrace.CATALOG.folded();
  }

  @ParameterizedTest
  @MethodSource("folded")
  void everyFoldOfTheCatalogueFitsItsWindows(RecordType type) {
    var identity = new FoldPlan(type).identitySchema();
    var outputs = type.fold().orElseThrow().windows();
    assertThat(outputs).isNotEmpty().allSatisfy(output -> new WindowPlan(output, identity));
  }

  @Test
  void fieldsAreFilledInTheTypeTheyHave() {
    var window =
        base()
            .name("n")
            .type()
            .doubleType()
            .noDefault()
            .name("dev")
            .type()
            .nullable()
            .doubleType()
            .noDefault()
            .optionalString("place")
            .endRecord();
    var layout =
        layout(Map.of(Statistic.COUNT, "n", Statistic.STDDEV, "dev"), Map.of("site", "place"));
    var output = output(window, layout);
    var record = publish(output.type(), new WindowPlan(output, identity()), 4);
    assertThat(record.get("n")).isEqualTo(1.0);
    assertThat(record.get("dev")).isNull();
    assertThat(record.get("length")).isEqualTo(5_000);
    assertThat(record.get("revision")).isEqualTo(0);
    assertThat(record.get("place")).hasToString("here");
    assertThat(record.get("metric")).hasToString("m");
  }

  @ParameterizedTest
  @MethodSource("folded")
  void whatIsKnownOfASeriesIsCopiedAndTheKeyIsThatOfTheRecord(RecordType type) {
    var fold = type.fold().orElseThrow();
    var schema = new FoldPlan(type).identitySchema();
    for (var output : fold.windows()) {
      var plan = new WindowPlan(output, schema);
      for (var who : new RandomData(schema, 50, 7)) {
        var identity = (GenericRecord) who;
        var record = record(output.type(), plan, encoded(identity), 4);
        IdentityPair.strict(schema, output.type().schema(), output.layout().renamed()).stream()
            .filter(pair -> !pair.to().name().equals(output.layout().metric()))
            .forEach(
                pair ->
                    assertThat(AvroValues.text(record.get(pair.to().pos())))
                        .isEqualTo(AvroValues.text(identity.get(pair.from().pos()))));
        var key = new StateWriter();
        plan.writeKey(key);
        assertThat(key.toByteArray()).isEqualTo(MessageKey.of(output.type(), record));
      }
    }
  }

  @Test
  void separatorsInAKeyAreEscaped() {
    var output = output(base().endRecord(), layout(Map.of(), Map.of()));
    var plan = new WindowPlan(output, identity());
    var who = new GenericData.Record(identity());
    who.put("name", "a|b\\c|");
    var record = record(output.type(), plan, encoded(who), 4);
    var key = new StateWriter();
    plan.writeKey(key);
    assertThat(key.toByteArray()).isEqualTo(MessageKey.of(output.type(), record));
    assertThat(key.toByteArray()).asString(UTF_8).isEqualTo("a\\|b\\\\c\\|");
  }

  @Test
  void aKeyIsOfTheSeriesAndARequiredFieldIsFilled() {
    var timed = RecordType.of("windows", base().endRecord()).computed().eventTime("begin");
    var byTime =
        new WindowOutput(Tier.FIVE_SECONDS, timed.key("begin").build(), layout(Map.of(), Map.of()));
    assertThatThrownBy(() -> new WindowPlan(byTime, identity())).hasMessageContaining("'begin'");
    var more = base().requiredString("more").endRecord();
    assertThatThrownBy(() -> new WindowPlan(output(more, layout(Map.of(), Map.of())), identity()))
        .hasMessageContaining("'more'");
  }

  @Test
  void aDimensionOfAnotherTypeIsRefusedWithBothNames() {
    var window = base().optionalString("level").endRecord();
    assertThatThrownBy(() -> new WindowPlan(output(window, layout(Map.of(), Map.of())), identity()))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> assertThat(e.code()).isEqualTo(AggregatorFailure.LAYOUT_UNFIT))
        .hasMessageContaining("'level'");
  }

  @Test
  void anOptionalDimensionCannotFillARequiredField() {
    var window = base().requiredString("site").endRecord();
    assertThatThrownBy(() -> new WindowPlan(output(window, layout(Map.of(), Map.of())), identity()))
        .hasMessageContaining("'site'");
  }

  @Test
  void aStatisticNeedsADoubleAndStddevANullableOne() {
    var window = base().requiredInt("whole").requiredDouble("dev").endRecord();
    assertThatThrownBy(
            () ->
                new WindowPlan(
                    output(window, layout(Map.of(Statistic.MAX, "whole"), Map.of())), identity()))
        .hasMessageContaining("'whole'");
    assertThatThrownBy(
            () ->
                new WindowPlan(
                    output(window, layout(Map.of(Statistic.STDDEV, "dev"), Map.of())), identity()))
        .hasMessageContaining("STDDEV");
  }

  private static SchemaBuilder.FieldAssembler<Schema> base() {
    return SchemaBuilder.record("Window")
        .fields()
        .requiredString("name")
        .requiredLong("begin")
        .requiredInt("length")
        .requiredString("metric")
        .requiredInt("revision");
  }

  private static WindowOutput.Layout layout(
      Map<Statistic, String> statistics, Map<String, String> renamed) {
    return new WindowOutput.Layout(
        "begin", "length", 1_000, "metric", "revision", statistics, renamed);
  }

  private static WindowOutput output(Schema schema, WindowOutput.Layout layout) {
    var type = RecordType.of("windows", schema).computed().key("name").eventTime("begin").build();
    return new WindowOutput(Tier.FIVE_SECONDS, type, layout);
  }

  private static Schema identity() {
    var window = base().endRecord();
    var fold =
        Fold.of("thing", "name")
            .labels("site", "level")
            .measures(Measure.column("value", "ms"))
            .into(output(window, layout(Map.of(), Map.of())));
    return new FoldPlan(RecordType.of("raw", RAW).key("name").eventTime("at").folded(fold))
        .identitySchema();
  }

  private static GenericRecord publish(RecordType type, WindowPlan plan, double value) {
    var who = new GenericData.Record(identity());
    who.put("name", "one");
    who.put("site", "here");
    return record(type, plan, encoded(who), value);
  }

  private static GenericRecord record(
      RecordType type, WindowPlan plan, byte[] identity, double value) {
    var out = new StateWriter();
    var windows = new SeriesWindows(new Cascade(List.of(Tier.FIVE_SECONDS), 0, 0, 0, true));
    windows.add(1, 0, value, (tier, window) -> {});
    windows.closeAll(
        (tier, window) -> {
          plan.take(identity, "m".getBytes(UTF_8), false, window);
          plan.writeRecord(out);
        });
    var decoder = DecoderFactory.get().binaryDecoder(out.toByteArray(), null);
    try {
      var record = new GenericDatumReader<GenericRecord>(type.schema()).read(null, decoder);
      assertThat(decoder.isEnd()).isTrue();
      return record;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static byte[] encoded(GenericRecord record) {
    var bytes = new ByteArrayOutputStream();
    try {
      new GenericDatumWriter<GenericRecord>(record.getSchema())
          .write(record, EncoderFactory.get().directBinaryEncoder(bytes, null));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
