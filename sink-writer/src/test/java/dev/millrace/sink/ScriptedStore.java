package dev.millrace.sink;

import dev.millrace.sink.write.Claim;
import dev.millrace.sink.write.EncodedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A store that remembers what it was given, and does what the test says before it takes it. */
final class ScriptedStore implements BatchStore {
  final List<List<Long>> batches = new CopyOnWriteArrayList<>();
  final Queue<Runnable> script = new ConcurrentLinkedQueue<>();
  volatile int claims;
  private final String topic;
  private volatile long nextOffset;

  ScriptedStore(String topic, long nextOffset) {
    this.topic = topic;
    this.nextOffset = nextOffset;
  }

  @Override
  public synchronized Claim claim(int partition) {
    claims++;
    return new Claim(topic, partition, claims, nextOffset);
  }

  @Override
  public Claim store(Claim claim, List<ConsumerRecord<byte[], byte[]>> batch, EncodedRows rows) {
    var step = script.poll();
    if (step != null) {
      step.run();
    }
    var offsets = new ArrayList<Long>();
    batch.forEach(record -> offsets.add(record.offset()));
    batches.add(offsets);
    nextOffset = offsets.get(offsets.size() - 1) + 1;
    return new Claim(claim.topic(), claim.partition(), claim.epoch(), nextOffset);
  }

  @Override
  public void forget() {}

  /** The stored offsets, one behind the other. */
  List<Long> stored() {
    return batches.stream().flatMap(List::stream).toList();
  }
}
