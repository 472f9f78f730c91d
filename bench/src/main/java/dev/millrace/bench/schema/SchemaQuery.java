package dev.millrace.bench.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The queries whose latency is promised: those the designs of the hub and of call audio name, and
 * an aggregate over the raw rows of each. The SQL is beside this class, as an analyst writes it.
 */
enum SchemaQuery {
  HUB_RECENT("hub", "hub.events") {
    @Override
    Asked draw(Subjects subjects, RandomGenerator random) {
      return new Asked(List.of(subjects.asset(random)), DAY);
    }
  },
  HUB_AGGREGATE("hub", "hub.metrics") {
    @Override
    Asked draw(Subjects subjects, RandomGenerator random) {
      var asset = subjects.measuredAsset(random);
      return new Asked(List.of(asset, subjects.metric(random)), WEEK);
    }
  },
  HUB_EVENTS_BY_HOUR("hub", "hub.events") {
    @Override
    Asked draw(Subjects subjects, RandomGenerator random) {
      return new Asked(List.of(subjects.asset(random)), DAY);
    }
  },
  AUDIO_RECENT("audio", "audio.metrics_agg_5s") {
    @Override
    Asked draw(Subjects subjects, RandomGenerator random) {
      var station = subjects.station(random);
      return new Asked(List.of(station, subjects.audioMetric(random)), DAY);
    }
  },
  AUDIO_AGGREGATE("audio", "audio.metrics_agg_5s") {
    @Override
    Asked draw(Subjects subjects, RandomGenerator random) {
      return AUDIO_RECENT.draw(subjects, random);
    }
  },
  AUDIO_BUCKET("audio", "audio.metrics_agg_5s") {
    @Override
    Asked draw(Subjects subjects, RandomGenerator random) {
      var call = subjects.call(random);
      var time = new AskedTime.Between(call.started(), call.started().plusNanos(1_000));
      return new Asked(List.of(call.traceId(), utc(call.started())), time);
    }
  },
  AUDIO_CALL("audio", "audio.metrics_agg_5s") {
    @Override
    Asked draw(Subjects subjects, RandomGenerator random) {
      var call = subjects.call(random);
      var time = new AskedTime.Between(call.started(), call.ended());
      return new Asked(List.of(call.traceId(), utc(call.started()), utc(call.ended())), time);
    }
  };

  private static final AskedTime DAY = new AskedTime.Since(Duration.ofHours(24));
  private static final AskedTime WEEK = new AskedTime.Since(Duration.ofDays(7));

  private final String domain;
  private final String table;

  /**
   * @param table the partitioned table it reads
   */
  SchemaQuery(String domain, String table) {
    this.domain = domain;
    this.table = table;
  }

  private static OffsetDateTime utc(Instant time) {
    return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
  }

  /** Parameters for one run. */
  abstract Asked draw(Subjects subjects, RandomGenerator random);

  /** As {@code --only} takes it. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String domain() {
    return domain;
  }

  String table() {
    return table;
  }

  String sql() {
    var file = title() + ".sql";
    try (var text = SchemaQuery.class.getResourceAsStream(file)) {
      if (text == null) {
        throw new IllegalStateException("no resource " + file);
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
  }
}
