package dev.millrace.bench.schema;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Option;

/** How much to load. */
final class ScaleOptions {
  @Option(
      names = "--event-rows",
      paramLabel = "N",
      defaultValue = "10000000",
      description = "Rows of hub.events. Default: ${DEFAULT-VALUE}.")
  private long eventRows;

  @Option(
      names = "--audio-rows",
      paramLabel = "N",
      defaultValue = "10000000",
      description = "Rows of audio.metrics_agg_5s, over 72 hours. Default: ${DEFAULT-VALUE}.")
  private long audioRows;

  @Option(
      names = "--metric-rows",
      paramLabel = "N",
      defaultValue = "2000000",
      description = "Rows of hub.metrics, over 8 days. Default: ${DEFAULT-VALUE}.")
  private long metricRows;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "28",
      description = "Days the hub's events are spread over. Default: ${DEFAULT-VALUE}.")
  private int days;

  @Option(
      names = "--writers",
      paramLabel = "N",
      defaultValue = "2",
      description = "Connections that load. Default: ${DEFAULT-VALUE}.")
  private int writers;

  Scale scale() {
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return new Scale(eventRows, audioRows, metricRows, days, now);
  }

  int writers() {
    return writers;
  }
}
