package dev.millrace.producer.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.config.Settings;
import dev.millrace.producer.validate.RecordValidator;
import dev.millrace.producer.validate.TimeBounds;
import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.audio.Sample;
import dev.millrace.schema.audio.Tap;
import dev.millrace.schema.audio.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class AudioGeneratorTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void equalSeedsGiveEqualRecords() {
    assertThat(run(generator(Map.of()), HOUR)).isEqualTo(run(generator(Map.of()), HOUR));
  }

  @Test
  void otherSeedsGiveOtherRecords() {
    var one = run(generator(Map.of()), Duration.ofSeconds(1));
    var other = run(generator(Map.of("generator.seed", "2")), Duration.ofSeconds(1));

    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void oneSampleASeriesAndSecond() {
    var generator = generator(Map.of("generator.stations", "3"));

    var samples = samples(run(generator, Duration.ofMinutes(1)));

    assertThat(generator.series()).isEqualTo(3 * AudioGenerator.SERIES_PER_STATION);
    assertThat(samples).hasSize(60 * generator.series());
    assertThat(generator.position()).isEqualTo(START.plusSeconds(60));
  }

  @Test
  void timesOfASeriesIncrease() {
    var last = new HashMap<String, Instant>();

    for (var sample : samples(run(generator(Map.of()), Duration.ofMinutes(5)))) {
      var before = last.put(seriesOf(sample), sample.getRecordedAt());
      assertThat(before == null || before.isBefore(sample.getRecordedAt())).isTrue();
    }
  }

  @Test
  void samplesOfATickAreInEventTimeOrder() {
    assertThat(samples(generator(Map.of()).tick()))
        .extracting(Sample::getRecordedAt)
        .isSorted()
        .allMatch(time -> !time.isBefore(START) && time.isBefore(START.plusSeconds(1)));
  }

  @Test
  void callsFollowEachOtherAndEnd() {
    var traces =
        run(generator(Map.of("generator.stations", "1")), Duration.ofHours(6)).stream()
            .filter(Trace.class::isInstance)
            .map(Trace.class::cast)
            .toList();

    assertThat(traces).hasSizeGreaterThan(6);
    for (var i = 0; i + 2 < traces.size(); i += 2) {
      var begun = traces.get(i);
      var ended = traces.get(i + 1);
      assertThat(begun.getEndedAt()).isNull();
      assertThat(ended.getTraceId()).isEqualTo(begun.getTraceId());
      assertThat(Duration.between(ended.getStartedAt(), ended.getEndedAt()))
          .isBetween(Duration.ofMinutes(1), HOUR.plusSeconds(1));
      assertThat(traces.get(i + 2).getStartedAt()).isEqualTo(ended.getEndedAt());
    }
  }

  @Test
  void everyRecordIsFitToBePublished() {
    var bounds = new TimeBounds(Duration.ZERO, Duration.ZERO);
    var samples = new RecordValidator(AudioRecords.SAMPLES, bounds);
    var traces = new RecordValidator(AudioRecords.TRACES, bounds);
    var now = START.plus(HOUR.multipliedBy(2)).toEpochMilli();

    for (var record : run(generator(Map.of()), HOUR)) {
      (record instanceof Sample ? samples : traces).validate(record, now);
    }
  }

  @Test
  void levelsStayBelowFullScaleEvenWhenInjected() {
    var injecting = Map.of("generator.warm_up_ms", "0", "generator.injection_gap_ms", "1000");

    assertThat(samples(run(generator(injecting), HOUR)))
        .filteredOn(sample -> sample.getMetricKey().toString().endsWith("dbfs"))
        .allMatch(sample -> sample.getValue() < 0);
  }

  @Test
  void labelledSamplesDeviateAndNoOthersDo() {
    var generator =
        generator(Map.of("generator.warm_up_ms", "600000", "generator.separation_ms", "60000"));

    var samples = samples(run(generator, Duration.ofHours(2)));
    var labels = generator.injections();

    assertThat(labels).hasSizeGreaterThan(50);
    assertThat(labels).extracting(Injection::kind).contains(Injection.Kind.SPIKE);
    assertThat(labels).extracting(Injection::kind).contains(Injection.Kind.DROP);
    var bands = bands(samples, sample -> !labelled(sample, labels));
    for (var sample : samples) {
      var band = bands.get(seriesOf(sample));
      var inside = sample.getValue() >= band.min() && sample.getValue() <= band.max();
      assertThat(inside).isEqualTo(!labelled(sample, labels));
    }
  }

  @Test
  void nothingIsInjectedWhileWarmingUp() {
    var generator = generator(Map.of("generator.injection_gap_ms", "1000"));

    run(generator, HOUR);
    assertThat(generator.injections()).isEmpty();
    run(generator, HOUR);
    assertThat(generator.injections()).isNotEmpty();
  }

  @Test
  void injectionsOfASeriesLastLongEnoughAndAreWellApart() {
    var generator = generator(Map.of("generator.injection_gap_ms", "1000"));

    run(generator, HOUR.multipliedBy(3));

    var bySeries =
        generator.injections().stream()
            .collect(Collectors.groupingBy(i -> i.station() + i.tap() + i.metric()));
    for (var injections : bySeries.values()) {
      for (var i = 0; i < injections.size(); i++) {
        var one = injections.get(i);
        assertThat(Duration.between(one.from(), one.to()).toSeconds()).isBetween(15L, 30L);
        if (i > 0) {
          assertThat(Duration.between(injections.get(i - 1).to(), one.from()))
              .isGreaterThan(Duration.ofMinutes(15));
        }
      }
    }
  }

  @Test
  void noGapMeansNoInjections() {
    var generator =
        generator(Map.of("generator.injection_gap_ms", "0", "generator.warm_up_ms", "0"));

    run(generator, HOUR);

    assertThat(generator.injections()).isEmpty();
  }

  @Test
  void plannedInjectionsHappenWhenPlanned() {
    var station = samples(generator(Map.of()).tick()).get(0).getStationKey().toString();
    var planned =
        new Injection(
            station,
            Tap.POST,
            "pcm.rms_dbfs",
            START.plusSeconds(10),
            START.plusSeconds(30),
            Injection.Kind.DROP,
            8);
    var generator = new AudioGenerator(config(Map.of()), START, List.of(planned));

    var hit =
        samples(run(generator, Duration.ofMinutes(1))).stream()
            .filter(sample -> labelled(sample, List.of(planned)))
            .toList();

    assertThat(generator.injections()).containsExactly(planned);
    assertThat(hit).hasSize(20).allMatch(sample -> sample.getValue() < -40);
  }

  @Test
  void planForASeriesThatIsNotThereIsRefused() {
    var nowhere =
        new Injection("St_x", Tap.PRE, "m", START, START.plusSeconds(1), Injection.Kind.SPIKE, 8);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AudioGenerator(config(Map.of()), START, List.of(nowhere)))
        .withMessageContaining("St_x");
  }

  @Test
  void theHourOfDayShows() {
    var generator = generator(Map.of("generator.interval_ms", "60000"));

    var night = meanRms(run(generator, HOUR));
    run(generator, HOUR.multipliedBy(13));
    var afternoon = meanRms(run(generator, HOUR));

    assertThat(afternoon - night).isGreaterThan(4);
  }

  private record Band(double min, double max) {}

  private static Map<String, Band> bands(List<Sample> samples, Predicate<Sample> counted) {
    return samples.stream()
        .filter(counted)
        .collect(
            Collectors.toMap(
                AudioGeneratorTest::seriesOf,
                sample -> new Band(sample.getValue(), sample.getValue()),
                (a, b) -> new Band(Math.min(a.min(), b.min()), Math.max(a.max(), b.max()))));
  }

  private static boolean labelled(Sample sample, List<Injection> labels) {
    return labels.stream()
        .anyMatch(
            label ->
                label.station().contentEquals(sample.getStationKey())
                    && label.tap() == sample.getTap()
                    && label.metric().contentEquals(sample.getMetricKey())
                    && !sample.getRecordedAt().isBefore(label.from())
                    && sample.getRecordedAt().isBefore(label.to()));
  }

  private static double meanRms(List<SpecificRecord> records) {
    return samples(records).stream()
        .filter(sample -> sample.getMetricKey().toString().equals("pcm.rms_dbfs"))
        .mapToDouble(Sample::getValue)
        .average()
        .orElseThrow();
  }

  private static String seriesOf(Sample sample) {
    return sample.getStationKey() + "|" + sample.getTap() + "|" + sample.getMetricKey();
  }

  private static List<Sample> samples(List<SpecificRecord> records) {
    return records.stream().filter(Sample.class::isInstance).map(Sample.class::cast).toList();
  }

  private static List<SpecificRecord> run(AudioGenerator generator, Duration time) {
    var end = generator.position().plus(time);
    var records = new ArrayList<SpecificRecord>();
    while (generator.position().isBefore(end)) {
      records.addAll(generator.tick());
    }
    return records;
  }

  private static AudioGenerator generator(Map<String, String> settings) {
    return new AudioGenerator(config(settings), START);
  }

  private static GeneratorConfig config(Map<String, String> settings) {
    return GeneratorConfig.from(Settings.of(settings));
  }
}
