package dev.millrace.producer.generator;

import dev.millrace.schema.audio.Direction;
import dev.millrace.schema.audio.Sample;
import dev.millrace.schema.audio.StationLayer;
import dev.millrace.schema.audio.Tap;
import dev.millrace.schema.audio.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;

/** One station: its series, and the call it carries. When one call ends the next begins. */
final class Station {
  private static final int SHORTEST_CALL_SECONDS = 60;
  private static final int LONGEST_CALL_SECONDS = 3_600;
  private static final int LEVEL_SPREAD = 3;
  private static final double POST_GAIN = 1.5;
  private static final List<StationLayer> LAYERS = List.of(StationLayer.values());

  private final String key;
  private final String group;
  private final StationLayer layer;
  private final Duration phase;
  private final SplittableRandom random;
  private final List<Series> series = new ArrayList<>();
  private Trace call;
  private Instant callEnd;
  private int calls;

  /**
   * Station number {@code index}, whose samples lie {@code phase} after each tick; it draws from
   * {@code random} alone, so that stations do not disturb each other.
   */
  Station(int index, Duration phase, SplittableRandom random) {
    this.key = "St_%d_%04d".formatted(index % 10, index);
    this.layer = LAYERS.get(index % LAYERS.size());
    this.group = "STATIONS_" + layer;
    this.phase = phase;
    this.random = random;
    for (var tap : Tap.values()) {
      for (var profile : MetricProfile.ALL) {
        var spread = random.nextDouble(-LEVEL_SPREAD, LEVEL_SPREAD);
        var level = spread + (tap == Tap.POST ? POST_GAIN : 0);
        series.add(new Series(key, tap, profile, level));
      }
    }
  }

  List<Series> series() {
    return series;
  }

  void tick(Instant tick, double hourOfDay, List<SpecificRecord> records) {
    var time = tick.plus(phase);
    if (call == null || !time.isBefore(callEnd)) {
      hangUp(time, records);
      dial(time, records);
    }
    for (var one : series) {
      var value = one.value(time, hourOfDay, random);
      records.add(sample(one, time, value));
    }
  }

  private Sample sample(Series one, Instant time, double value) {
    return new Sample(
        call.getTraceId(), key, group, layer, Direction.RX, one.tap(), one.metric(), time, value);
  }

  private void hangUp(Instant time, List<SpecificRecord> records) {
    if (call != null) {
      var ended = Trace.newBuilder(call).setEndedAt(time).build();
      records.add(ended);
    }
  }

  private void dial(Instant time, List<SpecificRecord> records) {
    calls++;
    var id = "%s-%d-%d".formatted(key, time.getEpochSecond(), calls);
    call = new Trace(id, time, null, extension(), extension(), "call-" + id, null);
    callEnd = time.plusSeconds(random.nextInt(SHORTEST_CALL_SECONDS, LONGEST_CALL_SECONDS + 1));
    records.add(call);
  }

  private String extension() {
    return Integer.toString(random.nextInt(1_000, 10_000));
  }
}
