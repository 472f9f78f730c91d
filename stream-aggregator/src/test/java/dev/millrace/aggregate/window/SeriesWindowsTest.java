package dev.millrace.aggregate.window;

import static dev.millrace.schema.Tier.FIVE_MINUTES;
import static dev.millrace.schema.Tier.FIVE_SECONDS;
import static dev.millrace.schema.Tier.ONE_HOUR;
import static dev.millrace.schema.Tier.ONE_MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Tier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesWindowsTest {
  private static final long SECOND = 1_000_000;

  /** A whole hour, so that windows of every tier begin here. */
  private static final long START = 1_700_000_000L / 3_600 * 3_600 * SECOND;

  private static final Cascade CASCADE =
      new Cascade(List.of(FIVE_SECONDS, ONE_MINUTE, ONE_HOUR), 2 * SECOND, 60 * SECOND, 0, true);

  private final List<String> published = new ArrayList<>();
  private SeriesWindows windows = new SeriesWindows(CASCADE);
  private final byte[][] kept = new byte[SeriesWindows.PARTS][];
  private long offset;

  @Test
  void aWindowClosesWhenTheSeriesIsPastItsEndAndGrace() {
    add(0, 1);
    add(4, 3);
    add(5, 10);
    add(6.9, 10);
    assertThat(published).isEmpty();
    add(7, 10);
    assertThat(published).containsExactly("5s@0 n=2 sum=4.0 r0");
  }

  @Test
  void closedWindowsArePublishedFinestFirstAndMergedIntoTheTierAbove() {
    add(1, 1);
    add(58, 2);
    add(62, 3);
    assertThat(published)
        .containsExactly("5s@0 n=1 sum=1.0 r0", "5s@55 n=1 sum=2.0 r0", "1m@0 n=2 sum=3.0 r0");
  }

  @Test
  void aSampleWithinTheGraceIsNoRevision() {
    add(1, 1);
    add(6.5, 1);
    add(4.9, 5);
    add(7, 1);
    assertThat(published).containsExactly("5s@0 n=2 sum=6.0 r0");
  }

  @Test
  void aLateSampleRevisesEveryClosedWindowItBelongsTo() {
    add(58, 2);
    add(63, 3);
    published.clear();
    assertThat(add(59, 5)).isEqualTo(Admission.FOLDED);
    assertThat(published).containsExactly("5s@55 n=2 sum=7.0 r1", "1m@0 n=2 sum=7.0 r1");
    add(3_700, 1);
    assertThat(published).contains("1h@0 n=3 sum=10.0 r0");
  }

  @Test
  void aLateSampleForAWindowThatNeverWasOpensIt() {
    add(30, 1);
    add(11, 5);
    assertThat(published).containsExactly("5s@10 n=1 sum=5.0 r0");
    add(63, 1);
    assertThat(published).contains("1m@0 n=2 sum=6.0 r0");
  }

  @Test
  void laterThanTheLatenessIsLateButCountedByTiersThatAreNotForgotten() {
    add(1, 1);
    add(66, 1);
    assertThat(add(2, 5)).isEqualTo(Admission.LATE);
    assertThat(published)
        .containsExactly("5s@0 n=1 sum=1.0 r0", "1m@0 n=1 sum=1.0 r0", "1m@0 n=2 sum=6.0 r1");
    add(3_700, 1);
    assertThat(published).contains("1h@0 n=3 sum=7.0 r0");
    published.clear();
    assertThat(add(3, 1)).isEqualTo(Admission.LATE);
    assertThat(published).isEmpty();
  }

  @Test
  void aSilentSeriesPublishesAllOpenWindowsAndGoesOnAsARevision() {
    add(1, 1);
    windows.closeAll(this::note);
    assertThat(published)
        .containsExactly("5s@0 n=1 sum=1.0 r0", "1m@0 n=1 sum=1.0 r0", "1h@0 n=1 sum=1.0 r0");
    assertThat(windows.open()).isZero();
    published.clear();
    add(2, 2);
    assertThat(published).isEmpty();
    add(7, 4);
    assertThat(published).containsExactly("5s@0 n=2 sum=3.0 r1");
    published.clear();
    add(3_700, 8);
    assertThat(published)
        .containsExactly("5s@5 n=1 sum=4.0 r0", "1m@0 n=3 sum=7.0 r1", "1h@0 n=3 sum=7.0 r1");
  }

  @Test
  void aGapOfDaysClosesEverythingOnce() {
    add(1, 1);
    add(86_400 * 3, 2);
    assertThat(published)
        .containsExactly("5s@0 n=1 sum=1.0 r0", "1m@0 n=1 sum=1.0 r0", "1h@0 n=1 sum=1.0 r0");
  }

  @Test
  void whatIsForgottenTakesNoMemory() {
    for (var i = 0; i < 7_200; i++) {
      add(i, i);
    }
    assertThat(Arrays.stream(encoded()).mapToInt(part -> part == null ? 0 : part.length).sum())
        .isLessThan(6_000);
  }

  @Test
  void aSampleChangesOnlyThePartOfItsOwnWindow() {
    for (var i = 0; i < 3_650; i++) {
      add(i, i);
    }
    assertThat(changed()).isNotEmpty();
    var unused = encoded();
    assertThat(changed()).isEmpty();
    add(3_651, 1);
    assertThat(changed()).containsExactly(SeriesWindows.OPEN);
    add(3_652, 1);
    var minute = SeriesWindows.part(ONE_MINUTE);
    assertThat(changed()).containsExactly(SeriesWindows.OPEN, SeriesWindows.SETTLED, minute);
  }

  private List<Integer> changed() {
    var changed = windows.changed();
    return IntStream.range(0, SeriesWindows.PARTS)
        .filter(part -> (changed & 1 << part) != 0)
        .boxed()
        .toList();
  }

  @Test
  void admissionRefusesWhatIsAheadOrNotFinite() {
    var cascade = new Cascade(List.of(ONE_HOUR), 0, 0, 10, true);
    assertThat(cascade.admit(110, 1, 100)).isEqualTo(Admission.FOLDED);
    assertThat(cascade.admit(111, 1, 100)).isEqualTo(Admission.AHEAD);
    assertThat(cascade.admit(100, Double.NaN, 100)).isEqualTo(Admission.NOT_FINITE);
    assertThat(cascade.admit(100, Double.NEGATIVE_INFINITY, 100)).isEqualTo(Admission.NOT_FINITE);
    assertThat(cascade.admit(-5, -1, 100)).isEqualTo(Admission.FOLDED);
  }

  @Test
  void windowsBeforeTheEpochHoldWhatBelongsToThem() {
    windows.add(-1, 0, 1, this::note);
    windows.add(3_600 * SECOND, 1, 2, this::note);
    assertThat(windows.watermark()).isEqualTo(3_600 * SECOND);
    assertThat(published).hasSize(3);
  }

  @Test
  void aTierThatIsAddedBeginsEmptyAndOneThatIsDroppedIsForgotten() {
    add(1, 1);
    var parts = readers();
    var other = new Cascade(List.of(FIVE_SECONDS, FIVE_MINUTES), 2 * SECOND, 60 * SECOND, 0, true);
    windows = SeriesWindows.decode(parts, other);
    add(400, 1);
    assertThat(published).containsExactly("5s@0 n=1 sum=1.0 r0", "5m@0 n=1 sum=1.0 r0");
  }

  /** Whatever comes, in whatever order and interrupted anywhere: the same as a recomputation. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void theFinalRevisionOfEveryWindowEqualsARecomputation(long seed) {
    var random = new Random(seed);
    var latest = new HashMap<String, String>();
    var revisions = new HashMap<String, Integer>();
    var expected = new HashMap<String, Oracle>();
    ClosedWindows out =
        (tier, window) -> {
          var key = CASCADE.tiers().get(tier).label() + "@" + (window.begin() - START) / SECOND;
          latest.put(key, window.state().count() + " " + window.state().sum());
          assertThat(window.revision()).isEqualTo(revisions.merge(key, 1, Integer::sum) - 1);
        };
    var now = 0.0;
    var watermark = Long.MIN_VALUE;
    for (var i = 0; i < 3_000; i++) {
      now += random.nextInt(200) == 0 ? random.nextInt(5_000) : random.nextDouble() * 3;
      var back = random.nextInt(4) == 0 ? random.nextInt(120) : 0;
      var micros = START + (long) ((now - back) * SECOND);
      var value = (double) random.nextInt(100);
      watermark = Math.max(watermark, micros);
      var folded = windows.add(micros, i, value, out);
      expect(expected, micros, value, watermark);
      var forgotten = FIVE_SECONDS.end(FIVE_SECONDS.begin(micros)) + 60 * SECOND <= watermark;
      assertThat(folded).isEqualTo(forgotten ? Admission.LATE : Admission.FOLDED);
      if (random.nextInt(100) == 0) {
        windows.closeAll(out);
      }
      if (random.nextInt(50) == 0) {
        windows = SeriesWindows.decode(readers(), CASCADE);
      }
    }
    windows.closeAll(out);
    var recomputed =
        expected.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, e -> e.getValue().count + " " + e.getValue().sum));
    assertThat(latest).isEqualTo(recomputed);
  }

  private static void expect(
      Map<String, Oracle> expected, long micros, double value, long watermark) {
    for (var tier : CASCADE.tiers()) {
      var begin = tier.begin(micros);
      if (tier.end(begin) + 60 * SECOND > watermark) {
        var key = tier.label() + "@" + (begin - START) / SECOND;
        expected.computeIfAbsent(key, none -> new Oracle()).add(value);
      }
    }
  }

  private static final class Oracle {
    private long count;
    private double sum;

    void add(double value) {
      count++;
      sum += value;
    }
  }

  private Admission add(double second, double value) {
    return windows.add(START + (long) (second * SECOND), offset++, value, this::note);
  }

  private void note(int tier, Window window) {
    Tier length = CASCADE.tiers().get(tier);
    if (window.end() - window.begin() == FIVE_MINUTES.micros()) {
      length = FIVE_MINUTES;
    }
    published.add(
        "%s@%d n=%d sum=%s r%d"
            .formatted(
                length.label(),
                (window.begin() - START) / SECOND,
                window.state().count(),
                window.state().sum(),
                window.revision()));
  }

  /** What is kept of the windows: only parts that say they have changed are encoded again. */
  private byte[][] encoded() {
    for (var part : changed()) {
      var out = new StateWriter();
      windows.encode(part, out);
      kept[part] = out.toByteArray();
    }
    return kept;
  }

  private StateReader[] readers() {
    return Arrays.stream(encoded())
        .map(part -> part == null ? null : new StateReader(part))
        .toArray(StateReader[]::new);
  }
}
