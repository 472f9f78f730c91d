package dev.millrace.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.insight.AnomalyFeedback;
import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.insight.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntToDoubleFunction;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of incidents, with event time and the clock moved by hand, a window of 5 s at a time.
 */
class DetectionTopologyTest {
  private static final Instant START = Instant.parse("2024-02-29T10:00:00Z");
  private static final Duration WINDOW = Duration.ofSeconds(5);

  /** Warm, within the first hour. */
  private static final int WARM = 400;

  private static final double LEVEL = 100;
  private static final double NOISE = 4;

  private final Random random = new Random(1);
  private final List<GenericRecord> events = new ArrayList<>();
  private FoldDriver driver = new FoldDriver(START, Map.of());
  private int now;

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void nothingOpensWhileTheSeriesWarmsUp() {
    normal(30);
    raised(6, 60);
    normal(10);
    assertThat(steps()).isEmpty();
  }

  /** 400 windows from 10:00 on: six times five minutes have ended, and the last ones by silence. */
  @Test
  void whatIsNotExplainedIsSummedUpByFiveMinutes() {
    normal(WARM);
    assertThat(driver.read(InsightRecords.RESIDUALS))
        .hasSize(6)
        .allSatisfy(
            five -> {
              assertThat((int) five.get("samples")).isBetween(40, 60);
              assertThat((double) five.get("residual")).isBetween(-2.0, 2.0);
              assertThat(five.get("entity")).hasToString("t|a");
            });
    driver.pass(Duration.ofMinutes(11));
    assertThat(driver.read(InsightRecords.RESIDUALS)).hasSize(1);
  }

  @Test
  void anIncidentOpensWorsensAndClosesUnderOneId() {
    normal(WARM);
    raised(6, 40);
    raised(4, 90);
    normal(30);
    assertThat(steps()).startsWith("opened spike").endsWith("closed spike").hasSizeBetween(3, 9);
    assertThat(events).extracting(e -> e.get("incident_id")).containsOnly(first("incident_id"));
    assertThat(events).extracting(e -> e.get("series_key")).containsOnly(first("series_key"));
    assertThat(events)
        .extracting(e -> e.get("revision"))
        .isEqualTo(java.util.stream.IntStream.range(0, events.size()).boxed().toList());
    assertThat((double) first("anomaly_score")).isBetween(0.3, 1.0);
    assertThat((double) first("expected")).isBetween(LEVEL - 2, LEVEL + 2);
    assertThat((double) first("lower_bound")).isLessThan(LEVEL - NOISE);
    var sigma =
        ((double) first("metric_value") - (double) first("baseline_mean"))
            / (double) first("baseline_stddev");
    assertThat((double) first("deviation_sigma")).isEqualTo(sigma).isGreaterThan(3);
    assertThat(first("severity")).hasToString("critical");
    assertThat((long) events.get(events.size() - 1).get("resolved_at"))
        .isBetween(at(WARM + 10), at(WARM + 15));
  }

  @Test
  void aShortGapBelongsToTheSameIncident() {
    normal(WARM);
    raised(6, 40);
    normal(4);
    raised(6, 40);
    normal(30);
    assertThat(steps()).containsOnlyOnce("opened spike").containsOnlyOnce("closed spike");
  }

  @Test
  void afterAnAlarmOnlyWhatIsRarerOpensAnother() {
    normal(WARM);
    raised(6, 30);
    normal(60);
    assertThat(steps()).contains("opened spike", "closed spike");
    raised(6, 30);
    normal(60);
    assertThat(steps()).isEmpty();
    raised(6, 900);
    normal(30);
    assertThat(steps()).contains("opened spike");
  }

  @Test
  void withoutACoolDownTheLikeOpensAnother() {
    restart(Map.of("aggregator.cool_down_ms", "0"));
    normal(WARM);
    raised(6, 30);
    normal(60);
    assertThat(steps()).contains("opened spike", "closed spike");
    raised(6, 35);
    normal(60);
    assertThat(steps()).contains("opened spike");
  }

  @Test
  void aLastingDeviationIsReportedOnceAndBecomesNormal() {
    restart(Map.of("aggregator.level_change_ms", "600000"));
    normal(WARM);
    raised(300, 60);
    assertThat(steps()).endsWith("closed level_change").containsOnlyOnce("opened spike");
    raised(500, 60);
    assertThat(steps()).isEmpty();
    normal(20);
    assertThat(steps()).contains("opened drop");
  }

  @Test
  void whatHappensInMaintenanceIsNeitherJudgedNorLearned(@TempDir Path folder) throws IOException {
    var rules = folder.resolve("rules.properties");
    Files.writeString(
        rules,
        """
        maintenance.upgrade.of = asset_id=a
        maintenance.upgrade.when = 2024-02-29T10:30:00Z/2024-02-29T10:40:00Z
        """);
    restart(Map.of("aggregator.rules_file", rules.toString()));
    normal(360);
    raised(120, 60);
    assertThat(steps()).isEmpty();
    raised(6, 60);
    normal(30);
    assertThat(steps()).contains("opened spike", "closed spike");
    assertThat((double) first("expected")).isBetween(LEVEL - 2, LEVEL + 2);
  }

  @Test
  void rulesAreReadAgainWhenTheyChange(@TempDir Path folder) throws IOException {
    var rules = folder.resolve("rules.properties");
    Files.writeString(rules, "temp.direction = down\n");
    restart(Map.of("aggregator.rules_file", rules.toString(), "aggregator.cool_down_ms", "0"));
    normal(WARM);
    raised(6, 60);
    normal(60);
    assertThat(steps()).isEmpty();
    Files.writeString(rules, "temp.direction = sideways\n");
    Files.setLastModifiedTime(rules, FileTime.fromMillis(1));
    raised(6, 60);
    normal(60);
    assertThat(steps()).isEmpty();
    Files.writeString(rules, "temp.direction = up\n");
    Files.setLastModifiedTime(rules, FileTime.fromMillis(2));
    normal(10);
    raised(6, 400);
    assertThat(steps()).contains("opened spike");
  }

  @Test
  void whatPeopleHaveExcusedDoesNotOpenAgainUnlessItIsMuchLarger() {
    restart(Map.of("aggregator.cool_down_ms", "0"));
    normal(WARM);
    raised(6, 40);
    normal(60);
    assertThat(steps()).contains("opened spike", "closed spike");
    say(Verdict.false_positive, UUID.fromString(first("incident_id").toString()));
    raised(6, 40);
    normal(60);
    assertThat(steps()).isEmpty();
    raised(6, 120);
    normal(60);
    assertThat(steps()).contains("opened spike");
  }

  @Test
  void anOpenIncidentThatIsExcusedCloses() {
    normal(WARM);
    raised(3, 40);
    assertThat(steps()).containsExactly("opened spike");
    say(Verdict.expected, UUID.fromString(first("incident_id").toString()));
    raised(6, 100);
    assertThat(steps()).contains("closed spike");
  }

  @Test
  void aSeriesThatShouldHaveReportedIsMissingUntilItDoes() {
    normal(WARM);
    driver.pass(Duration.ofMinutes(14));
    assertThat(steps()).isEmpty();
    driver.pass(Duration.ofMinutes(2));
    assertThat(steps()).containsExactly("opened missing");
    driver.pass(Duration.ofMinutes(60));
    assertThat(steps()).isEmpty();
    now += 76 * 12;
    normal(10);
    assertThat(steps()).containsExactly("closed missing");
    assertThat(events).extracting(e -> e.get("incident_id")).containsOnly(first("incident_id"));
  }

  @Test
  void aMetricThatStandsStillIsAFlatline() {
    normal(WARM);
    play(40, i -> LEVEL + 1);
    normal(30);
    assertThat(steps()).startsWith("opened flatline").endsWith("closed flatline");
  }

  @Test
  void aMetricThatSwingsFromSideToSideOscillates() {
    normal(WARM);
    play(20, i -> LEVEL + (i % 2 == 0 ? 25 : -25));
    assertThat(steps()).contains("updated oscillation");
  }

  @Test
  void aMetricThatCreepsAwayIsATrend() {
    normal(WARM);
    play(150, i -> LEVEL + i * 0.25 + random.nextGaussian());
    assertThat(steps()).startsWith("opened trend");
  }

  private void normal(int windows) {
    play(windows, i -> LEVEL + NOISE * random.nextGaussian());
  }

  private void raised(int windows, double by) {
    play(windows, i -> LEVEL + NOISE * random.nextGaussian() + by);
  }

  private void play(int windows, IntToDoubleFunction value) {
    for (var i = 0; i < windows; i++) {
      driver.send(HubRecords.SAMPLES, HubSample.of("a", at(now), value.applyAsDouble(i)));
      now++;
      driver.pass(WINDOW);
    }
  }

  private static long at(int window) {
    return HubSample.micros(START) + window * WINDOW.toMillis() * 1_000;
  }

  private void say(Verdict verdict, UUID incident) {
    var feedback = new AnomalyFeedback();
    feedback.setIncidentId(incident);
    feedback.setVerdict(verdict);
    feedback.setJudgedAt(START);
    driver.send(InsightRecords.ANOMALY_FEEDBACK, feedback);
  }

  private void restart(Map<String, String> settings) {
    driver.close();
    driver = new FoldDriver(START, new HashMap<>(settings));
  }

  /** What was published since it was last asked: status and type of each step. */
  private List<String> steps() {
    var fresh = driver.read(InsightRecords.ANOMALIES);
    events.addAll(fresh);
    return fresh.stream().map(e -> e.get("status") + " " + e.get("anomaly_type")).toList();
  }

  private Object first(String field) {
    return events.get(0).get(field);
  }
}
