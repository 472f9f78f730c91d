package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.score.MemberNews;
import dev.millrace.aggregate.score.Moment;
import dev.millrace.aggregate.score.Tally;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.MessageKey;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.schema.wire.SchemaRegistry;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Publishes the scores of one level, and has the level above know of them, if they are not what
 * they were. One instance a task.
 */
final class ScorePublisher {
  private static final byte[] NOT_PUBLISHED = {};

  private final RecordType into;
  private final RecordEncoder encoder;
  private final ProcessorContext<byte[], ScoredMessage> context;
  private final StateWriter writer = new StateWriter();

  ScorePublisher(
      RecordType into, SchemaRegistry registry, ProcessorContext<byte[], ScoredMessage> context) {
    this.into = into;
    this.encoder = new RecordEncoder(into, registry);
    this.context = context;
  }

  /** A moment has been scored; answers whether that is new. */
  boolean scored(Moment moment, Optional<GenericRecord> record, Tally tally, long nowMs) {
    var value = record.map(encoder::encode);
    writer.reset();
    tally.encode(writer);
    if (!moment.scored(value.orElse(NOT_PUBLISHED), writer.toByteArray())) {
      return false;
    }
    value.ifPresent(
        bytes -> {
          var key = MessageKey.of(into, record.orElseThrow());
          context.forward(new Record<>(key, ScoredMessage.score(bytes), nowMs));
        });
    return true;
  }

  /** Tells a group of its member. */
  void tell(byte[] group, MemberNews news, long nowMs) {
    writer.reset();
    news.encode(writer);
    context.forward(new Record<>(group, ScoredMessage.news(writer.toByteArray()), nowMs));
  }
}
