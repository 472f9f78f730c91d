package dev.millrace.aggregate.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.AggregatorConfig;
import dev.millrace.aggregate.anomaly.Watch;
import dev.millrace.aggregate.baseline.SlotGroup;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.window.SeriesWindows;
import dev.millrace.config.Settings;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.insight.InsightRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a task that is taken up again makes of series that were last heard long ago. */
class SilenceTest {
  private static final long START = Duration.ofDays(20_000).toMillis();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final byte[] KEY = {1};

  private final FoldSpec spec =
      FoldSpec.of(
          HubRecords.SAMPLES,
          AggregatorConfig.from(Settings.of(Map.of())),
          InsightRecords.ANOMALIES,
          InsightRecords.BASELINES,
          Optional.empty(),
          Optional.empty());
  private final SeriesCodec codec = new SeriesCodec(spec.plan().identitySchema(), spec.cascade());
  private final LiveStore<SeriesState> series = new LiveStore<>("series", codec, bytes -> {});
  private final LiveStore<ScopeGroup> baselines =
      new LiveStore<>("baselines", new ScopeGroup.Codec(), bytes -> {});
  private final List<Entry<SeriesState>> closed = new ArrayList<>();
  private final List<Entry<SeriesState>> missing = new ArrayList<>();
  private final List<Entry<SeriesState>> givenUp = new ArrayList<>();
  private long patienceMs = Long.MAX_VALUE;

  @Test
  void afterARestartASeriesIsSilentOnlyOnceItCouldBeHeardForTheTimeOut() {
    restoreSeries(START - 30 * MINUTE);
    var silence = silence();
    silence.lookAround(START + 1_000);
    silence.lookAround(START + 10 * MINUTE - 1);
    assertThat(closed).isEmpty();
    silence.lookAround(START + 10 * MINUTE);
    assertThat(closed).hasSize(1);
  }

  @Test
  void whatIsReadOfTheBacklogMeanwhileIsHeard() {
    restoreSeries(START - 30 * MINUTE);
    var silence = silence();
    var entry = series.entries().iterator().next();
    entry.value().arrived(START + 9 * MINUTE);
    silence.heard(entry, START + 9 * MINUTE);
    silence.lookAround(START + 10 * MINUTE);
    silence.lookAround(START + 19 * MINUTE - 1);
    assertThat(closed).isEmpty();
    silence.lookAround(START + 19 * MINUTE);
    assertThat(closed).hasSize(1);
  }

  @Test
  void afterARestartOfDaysNothingIsForgottenBeforeItCouldBeHeard() {
    restoreSeries(START - 3 * DAY);
    restoreBaseline(START - 90 * DAY);
    var silence = silence();
    silence.lookAround(START + 1_000);
    silence.lookAround(START + 59 * MINUTE);
    assertThat(series.size()).isEqualTo(1);
    assertThat(baselines.size()).isEqualTo(1);
    silence.lookAround(START + 60 * MINUTE);
    assertThat(series.size()).isZero();
    assertThat(baselines.size()).isZero();
  }

  @Test
  void aSeriesIsMissingOnceItsPatienceHasEndedAlsoAfterARestart() {
    patienceMs = 25 * MINUTE;
    restoreSeries(START - 2 * MINUTE);
    var silence = silence();
    silence.lookAround(START + 25 * MINUTE - 1);
    assertThat(missing).isEmpty();
    silence.lookAround(START + 25 * MINUTE);
    silence.lookAround(START + 26 * MINUTE);
    assertThat(missing).hasSize(1);
    assertThat(givenUp).isEmpty();
    silence.lookAround(START + 2 * DAY);
    assertThat(givenUp).hasSize(1);
    assertThat(missing).hasSize(1);
  }

  private Silence silence() {
    return new Silence(spec, series, baselines, START, new Listener());
  }

  /** Notes what it is told. */
  private final class Listener implements Silence.Listener {
    @Override
    public void close(Entry<SeriesState> entry) {
      closed.add(entry);
      entry.value().windows().closeAll((tier, window) -> {});
    }

    @Override
    public long patienceMs(Entry<SeriesState> entry) {
      return patienceMs;
    }

    @Override
    public void missing(Entry<SeriesState> entry) {
      missing.add(entry);
    }

    @Override
    public void giveUp(Entry<SeriesState> entry) {
      givenUp.add(entry);
    }
  }

  private void restoreSeries(long arrivalMs) {
    var windows = new SeriesWindows(spec.cascade());
    windows.add(arrivalMs * 1_000, 1, 1, (tier, window) -> {});
    var state = new SeriesState(0, new byte[] {1}, new byte[] {2}, windows, new Watch());
    state.arrived(arrivalMs);
    for (var part = 0; part < codec.parts(); part++) {
      if ((codec.changed(state) & 1 << part) != 0) {
        var out = new StateWriter();
        codec.encode(state, part, out);
        series.restore(new byte[] {KEY[0], (byte) part}, out.toByteArray());
      }
    }
  }

  private void restoreBaseline(long learnedMs) {
    var group = new ScopeGroup(new SlotGroup());
    group.learned(learnedMs);
    var out = new StateWriter();
    new ScopeGroup.Codec().encode(group, out);
    baselines.restore(KEY, out.toByteArray());
  }
}
