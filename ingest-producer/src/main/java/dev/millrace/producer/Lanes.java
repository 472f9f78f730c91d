package dev.millrace.producer;

import dev.millrace.failure.MillraceException;
import dev.millrace.producer.validate.TimeBounds;
import dev.millrace.schema.Nearest;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.SchemaRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lanes of a catalogue, by topic and by the records' schema. Immutable. */
final class Lanes {
  private final Map<String, Lane> byTopic = new HashMap<>();
  private final Map<String, List<Lane>> publishedBySchema = new HashMap<>();

  Lanes(RecordCatalog catalog, TimeBounds bounds, SchemaRegistry registry) {
    for (var type : catalog.types()) {
      var lane = new Lane(type, bounds, registry);
      byTopic.put(type.topic(), lane);
      if (type.origin() == RecordType.Origin.PUBLISHED) {
        publishedBySchema
            .computeIfAbsent(type.schema().getFullName(), name -> new ArrayList<>())
            .add(lane);
      }
    }
  }

  Lane of(RecordType type) {
    var lane = byTopic.get(type.topic());
    if (lane == null) {
      throw new MillraceException(
          PublishFailure.UNKNOWN_TYPE,
          "topic '%s' is not in this publisher's catalogue%s"
              .formatted(type.topic(), Nearest.suggestion(type.topic(), byTopic.keySet())));
    }
    return lane;
  }

  /** The lane of the one published type with a schema of this full name. */
  Lane ofSchema(String fullName) {
    var lanes = publishedBySchema.getOrDefault(fullName, List.of());
    if (lanes.isEmpty()) {
      throw new MillraceException(
          PublishFailure.UNKNOWN_TYPE,
          "no topic takes %s records from publishers; published are %s"
              .formatted(fullName, publishedBySchema.keySet().stream().sorted().toList()));
    }
    if (lanes.size() > 1) {
      throw new MillraceException(
          PublishFailure.AMBIGUOUS_TYPE,
          "several topics take %s records: %s; say which with publish(RecordType, record)"
              .formatted(fullName, lanes.stream().map(Lane::topic).toList()));
    }
    return lanes.get(0);
  }
}
