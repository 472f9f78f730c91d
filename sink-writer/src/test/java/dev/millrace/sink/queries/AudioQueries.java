package dev.millrace.sink.queries;

import static dev.millrace.sink.queries.Answer.row;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was measured, recorded and set in five seconds of a call. */
abstract class AudioQueries extends DomainQueries {
  /** What metrics and segments share. */
  record Place(String trace, String station, String tap, Instant bucket) {}

  record Metric(Place place, String key, double avg) {}

  private final List<Metric> metrics = new ArrayList<>();
  private final Map<Place, String> files = new HashMap<>();
  private final Map<Place, String> knobs = new HashMap<>();

  AudioQueries(QueriedDatabase database) {
    super(database, "audio");
  }

  @Override
  void load() throws SQLException {
    for (var trace : List.of("call-1", "call-2")) {
      for (var station : List.of("St_1_1111", "St_2_2222", "St_3_3333")) {
        for (var bucket = 0; bucket < 20; bucket++) {
          var at = bucket(bucket);
          // Knobs are of a station, whatever the tap; the second station has none.
          if (!station.equals("St_2_2222")) {
            knobs.put(
                new Place(trace, station, null, at),
                "{\"pcm.input_gain_db\": %s}".formatted(random.nextInt(100) / 10.0));
          }
          for (var tap : List.of("PRE", "POST")) {
            add(new Place(trace, station, tap, at));
          }
        }
      }
    }
    database.insert(
        "audio.metrics_agg_5s",
        "trace_id, station_key, tap, bucket_ts, metric_key, count, avg",
        metrics.stream().map(m -> with(m.place, m.key, 10, m.avg)).toList());
    database.insert(
        "audio.audio_segments_5s",
        "trace_id, station_key, tap, bucket_ts, file_path",
        files.entrySet().stream().map(e -> with(e.getKey(), e.getValue())).toList());
    database.insert(
        "audio.knob_snapshots_5s",
        "trace_id, station_key, bucket_ts, knobs_json",
        knobs.entrySet().stream()
            .map(e -> row(e.getKey().trace, e.getKey().station, e.getKey().bucket, e.getValue()))
            .toList());
  }

  private void add(Place place) {
    for (var key : List.of("pcm.rms_dbfs", "pcm.peak_dbfs")) {
      metrics.add(new Metric(place, key, random.nextGaussian()));
    }
    // Nothing is recorded behind the last station.
    if (!place.station.equals("St_3_3333") || place.tap.equals("PRE")) {
      files.put(
          place, "/%s/%s/%s/%s.wav".formatted(place.trace, place.station, place.tap, place.bucket));
    }
  }

  private static List<Object> with(Place place, Object... more) {
    var row = new ArrayList<Object>(List.of(place.trace, place.station, place.tap, place.bucket));
    row.addAll(List.of(more));
    return row;
  }

  private Instant bucket(int number) {
    var seconds = base().getEpochSecond();
    return Instant.ofEpochSecond(seconds - seconds % 5)
        .minus(number * 5L + 600, ChronoUnit.SECONDS);
  }

  @Test
  void linkage() throws SQLException {
    var at = bucket(7);
    var expected =
        metrics.stream()
            .filter(m -> m.place.trace.equals("call-2") && m.place.bucket.equals(at))
            .sorted(
                Comparator.comparing((Metric m) -> m.place.station)
                    .thenComparing(m -> List.of("PRE", "POST").indexOf(m.place.tap))
                    .thenComparing(m -> m.key))
            .map(
                m ->
                    row(
                        m.place.station,
                        m.place.tap,
                        m.key,
                        m.avg,
                        files.get(m.place),
                        Answer.json(knobs.get(new Place("call-2", m.place.station, null, at)))))
            .toList();
    ask("linkage", Map.of(":trace_id", "call-2", ":bucket_ts", at)).is(expected);
  }
}
