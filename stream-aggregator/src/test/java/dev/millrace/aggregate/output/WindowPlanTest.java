package dev.millrace.aggregate.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.aggregate.AggregatorFailure;
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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
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
    var record = publish(new WindowPlan(output(window, layout), identity()), 4);
    assertThat(record.get("n")).isEqualTo(1.0);
    assertThat(record.get("dev")).isNull();
    assertThat(record.get("length")).isEqualTo(5_000);
    assertThat(record.get("revision")).isEqualTo(0);
    assertThat(record.get("place")).isEqualTo("here");
    assertThat(record.get("metric")).isEqualTo("m");
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

  private static GenericRecord publish(WindowPlan plan, double value) {
    var identity = new GenericData.Record(identity());
    identity.put("name", "one");
    identity.put("site", "here");
    var published = new GenericRecord[1];
    var windows = new SeriesWindows(new Cascade(List.of(Tier.FIVE_SECONDS), 0, 0, 0));
    windows.add(1, 0, value, (tier, window) -> {});
    windows.closeAll((tier, window) -> published[0] = plan.record(identity, "m", false, window));
    return published[0];
  }
}
