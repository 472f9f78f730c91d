package dev.millrace.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.catalog.Millrace;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.hub.Sample;
import dev.millrace.schema.insight.InsightRecords;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A record type that does not fit its schema is refused when it is made, not when a record comes.
 */
class RecordTypeTest {

  @Test
  void everyNamedFieldMustBeThere() {
    assertThatThrownBy(() -> type().key("nobody").eventTime("timestamp").build())
        .hasMessageContaining("no field 'nobody'");
    assertThatThrownBy(() -> type().key("asset_id").eventTime("noon").build())
        .hasMessageContaining("no field 'noon'");
    assertThatThrownBy(
            () -> type().key("asset_id").eventTime("timestamp").storedIn("s", "t", "none").build())
        .hasMessageContaining("no field 'none'");
    assertThatThrownBy(() -> type().eventTime("timestamp").build())
        .hasMessageContaining("no message key");
  }

  @Test
  void aFoldNamesFieldsOfItsRecord() {
    var window = HubRecords.SAMPLES.fold().orElseThrow().windows().get(0);
    assertThatThrownBy(
            () ->
                type()
                    .key("asset_id")
                    .eventTime("timestamp")
                    .folded(
                        Fold.of("asset", "asset_id")
                            .measures(Measure.row("weight", "metric_name"))
                            .into(window)))
        .hasMessageContaining("no field 'weight'");
    assertThatThrownBy(
            () ->
                Fold.of("asset", "asset_id")
                    .baselineBy("tenant_id")
                    .measures(Measure.row("value", "metric_name"))
                    .into(window))
        .hasMessageContaining("no subset");
  }

  @Test
  void incidentsAreGroupedByWhatASeriesCarries() {
    var window = HubRecords.SAMPLES.fold().orElseThrow().windows().get(0);
    var fold = Fold.of("asset", "asset_id").measures(Measure.row("value", "metric_name"));
    assertThat(fold.into(window).grouping()).isEqualTo(Grouping.by("asset", "asset_id"));
    assertThatThrownBy(() -> fold.grouped(Grouping.by("a", "tenant_id")).into(window))
        .hasMessageContaining("grouped by 'tenant_id'");
    var grouping = Grouping.by("a", "tenant_id").wide(2).orBy("b", "asset_id");
    assertThat(fold.labels("tenant_id").grouped(grouping).into(window).grouping())
        .isEqualTo(grouping);
    assertThat(grouping.width()).isEqualTo(2);
    assertThatThrownBy(() -> Grouping.by("a")).hasMessageContaining("share no field");
    assertThatThrownBy(() -> grouping.wide(-1)).hasMessageContaining("-1");
  }

  @Test
  void latenessCoversTheGrace() {
    var second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new Timing(second.multipliedBy(2), second, second, second))
        .hasMessageContaining("lateness");
    assertThatThrownBy(() -> new Timing(second.negated(), second, second, second))
        .hasMessageContaining("grace is negative");
  }

  @Test
  void aPrefixReachesEveryTopicAndNoTable() {
    var samples = AudioRecords.SAMPLES.prefixed("test.");
    assertThat(samples.topic()).isEqualTo("test.audio.samples");
    assertThat(samples.deadLetterTopic()).isEqualTo("test.audio.samples.dlq");
    assertThat(samples.subject()).isEqualTo("test.audio.samples-value");
    var window = samples.fold().orElseThrow().windows().get(0).type();
    assertThat(window.topic()).isEqualTo("test.audio.windows.5s");
    assertThat(window.table()).isEqualTo(AudioRecords.WINDOWS_5S.table());
  }

  @Test
  void aPrefixReachesWhatAnInsightIsGainedFrom() {
    for (var type :
        List.of(
            InsightRecords.METRIC_CORRELATIONS,
            InsightRecords.ML_TRAINING_SNAPSHOTS,
            InsightRecords.ML_MODEL_METRICS)) {
      var plain = type.insight().orElseThrow();
      assertThat(type.prefixed("test.").insight().orElseThrow().inputs())
          .isEqualTo(plain.inputs().stream().map(input -> input.prefixed("test.")).toList())
          .isNotEmpty();
    }
  }

  @Test
  void anInsightNamesFieldsOfItsRecords() {
    var residuals = InsightRecords.RESIDUALS;
    assertThatThrownBy(
            () ->
                new Insight.Snapshots(
                    residuals, residuals, residuals, "m", List.of("room"), "room", "room"))
        .hasMessageContaining("no field 'room'");
    assertThatThrownBy(
            () ->
                new Insight.Snapshots(
                    residuals,
                    residuals,
                    residuals,
                    "m",
                    List.of("site_id"),
                    "device_ip",
                    "device"))
        .hasMessageContaining("not of the identity");
    var side = new Insight.Side("metric_a_name", "metric_a_scope_type", "metric_a_host", "none");
    var spec =
        new Insight.Correlations(residuals, "device_ip", "device", "site_id", side, side, 2, 2);
    assertThatThrownBy(() -> spec.requireFieldsOf(InsightRecords.METRIC_CORRELATIONS.schema()))
        .hasMessageContaining("no field 'metric_a_host'");
    assertThatThrownBy(() -> new Insight.Evaluation(residuals, residuals, residuals, "m", "1", 0))
        .hasMessageContaining("0 days");
  }

  @Test
  void topicsAreFoundOrTheNearestIsNamed() {
    assertThat(Millrace.CATALOG.byTopic("hub.samples")).isEqualTo(HubRecords.SAMPLES);
    assertThatThrownBy(() -> Millrace.CATALOG.byTopic("hub.sampels"))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("did you mean 'hub.samples'?");
    assertThatThrownBy(() -> new RecordCatalog(List.of(HubRecords.SAMPLES, HubRecords.SAMPLES)))
        .hasMessageContaining("two record types for topic hub.samples");
  }

  @Test
  void topicsKeepWhatArrivesAndCompactWhatIsLatest() {
    assertThat(TopicSettings.keep(4, Duration.ofHours(72)).config())
        .containsEntry("retention.ms", "259200000")
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("message.timestamp.type", "LogAppendTime");
    assertThat(TopicSettings.compacted(4).config())
        .containsEntry("cleanup.policy", "compact")
        .doesNotContainKey("retention.ms");
  }

  private static RecordType.Builder type() {
    return RecordType.of("hub.samples", Sample.getClassSchema());
  }
}
