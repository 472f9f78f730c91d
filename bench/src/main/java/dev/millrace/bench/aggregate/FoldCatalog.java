package dev.millrace.bench.aggregate;

import static dev.millrace.schema.Tier.FIVE_SECONDS;

import dev.millrace.schema.Fold;
import dev.millrace.schema.Measure;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Statistic;
import dev.millrace.schema.WindowOutput;
import dev.millrace.schema.insight.InsightRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/** The record types of the benchmarks: samples, and what they are folded into. */
public final class FoldCatalog {
  /** A window of the five figures that both sides keep. */
  static final Schema WINDOW =
      SchemaBuilder.record("BenchWindow")
          .namespace("dev.millrace.bench")
          .fields()
          .requiredString("asset_id")
          .requiredString("metric_name")
          .requiredLong("begin")
          .requiredLong("length")
          .requiredInt("revision")
          .requiredLong("count")
          .requiredDouble("min")
          .requiredDouble("max")
          .requiredDouble("sum")
          .requiredDouble("last")
          .endRecord();

  static final RecordType WINDOWS =
      RecordType.of("bench.windows.5s", WINDOW)
          .computed()
          .key("asset_id", "metric_name")
          .eventTime("begin")
          .build();

  private FoldCatalog() {}

  /** One tier of 5 s, nothing judged. */
  static RecordCatalog fiveSeconds(RecordType samples) {
    var layout =
        new WindowOutput.Layout(
            "begin",
            "length",
            1,
            "metric_name",
            "revision",
            Map.of(
                Statistic.COUNT, "count",
                Statistic.MIN, "min",
                Statistic.MAX, "max",
                Statistic.SUM, "sum",
                Statistic.LAST, "last"),
            Map.of());
    var fold =
        Fold.of("asset", "tenant_id", "asset_id", "metric_type", "metric_name", "dimensions")
            .measures(Measure.row("value", "metric_name"))
            .unjudged()
            .into(new WindowOutput(FIVE_SECONDS, WINDOWS, layout));
    var type =
        RecordType.of(samples.topic(), samples.schema())
            .settings(samples.settings())
            .key("tenant_id", "asset_id")
            .eventTime("timestamp")
            .folded(fold);
    return with(type);
  }

  /** As the hub has it. */
  public static RecordCatalog allTiers(RecordType samples) {
    return with(samples);
  }

  private static RecordCatalog with(RecordType samples) {
    var types = new ArrayList<RecordType>();
    types.add(samples);
    samples.fold().orElseThrow().windows().forEach(window -> types.add(window.type()));
    types.addAll(
        List.of(InsightRecords.ANOMALIES, InsightRecords.BASELINES, InsightRecords.RESIDUALS));
    return new RecordCatalog(types);
  }
}
