package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.pair.Member;
import dev.millrace.aggregate.pair.MemberPlan;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.SchemaRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends what each record of one type is to the rules of a pairing to the groups it belongs to,
 * under their keys: a message a rule, and none of most records. Event times too far ahead of the
 * wall clock are not believed.
 */
public final class MemberProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private final MemberPlan plan;
  private final SelectiveReader reader;
  private final Duration ahead;
  private final StateWriter value = new StateWriter();
  private ProcessorContext<byte[], byte[]> context;

  /**
   * For the pairing of {@code into}.
   *
   * @param ahead how far ahead of the wall clock an event may be
   */
  public MemberProcessor(
      RecordType into, RecordType from, SchemaRegistry registry, Duration ahead) {
    this.plan = new MemberPlan(into.pairing().orElseThrow(), from);
    this.reader = new SelectiveReader(from, plan.wanted(), plan.fields(), registry);
    this.ahead = ahead;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<byte[], byte[]> message) {
    var latestMs = context.currentSystemTimeMs() + ahead.toMillis();
    reader
        .read(message.value())
        .ifPresent(
            record ->
                plan.members(
                    record,
                    TimeUnit.MILLISECONDS.toMicros(latestMs),
                    (key, member) -> send(key, member, message.timestamp())));
  }

  private void send(StateWriter key, Member member, long timestamp) {
    value.reset();
    member.encode(value);
    context.forward(new Record<>(key.toByteArray(), value.toByteArray(), timestamp));
  }
}
