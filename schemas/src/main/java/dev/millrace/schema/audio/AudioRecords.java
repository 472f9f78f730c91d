package dev.millrace.schema.audio;

import static dev.millrace.schema.Tier.FIVE_SECONDS;
import static dev.millrace.schema.Tier.ONE_HOUR;

import dev.millrace.schema.Fold;
import dev.millrace.schema.Grouping;
import dev.millrace.schema.Measure;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.Statistic;
import dev.millrace.schema.TopicSettings;
import dev.millrace.schema.WindowOutput;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Call audio: traces, PRE and POST metrics, segments and knobs. Kept 72 hours. */
public final class AudioRecords {
  private static final TopicSettings KEEP_72_HOURS = TopicSettings.keep(4, Duration.ofHours(72));

  private static final WindowOutput.Layout WINDOW =
      new WindowOutput.Layout(
          "bucket_ts",
          "bucket_ms",
          1_000,
          "metric_key",
          "revision",
          Map.of(
              Statistic.COUNT, "count",
              Statistic.MIN, "min",
              Statistic.MAX, "max",
              Statistic.SUM, "sum",
              Statistic.AVG, "avg",
              Statistic.LAST, "last"),
          Map.of());

  public static final RecordType TRACES =
      RecordType.of("audio.traces", Trace.getClassSchema())
          .settings(KEEP_72_HOURS)
          .key("trace_id")
          .eventTime("started_at")
          .storedIn("audio", "traces", "trace_id")
          .build();

  public static final RecordType WINDOWS_5S =
      RecordType.of("audio.windows.5s", MetricWindow.getClassSchema())
          .settings(KEEP_72_HOURS)
          .computed()
          .key("trace_id", "station_key", "tap", "metric_key")
          .eventTime("bucket_ts")
          .storedIn(
              "audio",
              "metrics_agg_5s",
              "trace_id",
              "station_key",
              "tap",
              "metric_key",
              "bucket_ts")
          .build();

  /** Hours of audio; the seed has no table for them, consumers read them from the topic. */
  public static final RecordType WINDOWS_1H =
      RecordType.of("audio.windows.1h", MetricWindow.getClassSchema())
          .settings(KEEP_72_HOURS)
          .computed()
          .key("trace_id", "station_key", "tap", "metric_key")
          .eventTime("bucket_ts")
          .build();

  public static final RecordType SAMPLES =
      RecordType.of("audio.samples", Sample.getClassSchema())
          .settings(KEEP_72_HOURS)
          .key("station_key")
          .eventTime("recorded_at")
          .folded(
              Fold.of("station", "trace_id", "station_key", "tap", "metric_key")
                  .baselineBy("station_key", "tap", "metric_key")
                  .labels("station_group", "layer", "direction")
                  .grouped(
                      Grouping.by("audio.group", "station_group")
                          .orBy("audio.station", "station_key"))
                  .measures(Measure.row("value", "metric_key"))
                  .into(
                      new WindowOutput(FIVE_SECONDS, WINDOWS_5S, WINDOW),
                      new WindowOutput(ONE_HOUR, WINDOWS_1H, WINDOW)));

  public static final RecordType SEGMENTS =
      RecordType.of("audio.segments", Segment.getClassSchema())
          .settings(KEEP_72_HOURS)
          .key("trace_id", "station_key")
          .eventTime("bucket_ts")
          .storedIn("audio", "audio_segments_5s", "trace_id", "station_key", "tap", "bucket_ts")
          .build();

  public static final RecordType KNOB_SNAPSHOTS =
      RecordType.of("audio.knob-snapshots", KnobSnapshot.getClassSchema())
          .settings(KEEP_72_HOURS)
          .key("trace_id", "station_key")
          .eventTime("bucket_ts")
          .storedIn("audio", "knob_snapshots_5s", "trace_id", "station_key", "bucket_ts")
          .build();

  public static final RecordType KNOB_EVENTS =
      RecordType.of("audio.knob-events", KnobEvent.getClassSchema())
          .settings(KEEP_72_HOURS)
          .key("station_key")
          .eventTime("occurred_at")
          .storedIn("audio", "knob_events")
          .build();

  /** Every audio record type. */
  public static final List<RecordType> ALL =
      List.of(TRACES, SAMPLES, WINDOWS_5S, WINDOWS_1H, SEGMENTS, KNOB_SNAPSHOTS, KNOB_EVENTS);

  private AudioRecords() {}
}
