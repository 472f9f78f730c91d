package dev.millrace.standalone.demo;

import static dev.millrace.tables.millrace.Tables.SINK_PROGRESS;
import static org.jooq.impl.DSL.sum;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jooq.DSLContext;

/** How far sink and aggregator have read, as the database and the broker know it. */
final class ReadProgress {
  private final DSLContext database;
  private final Admin admin;
  private final String aggregatorGroup;

  ReadProgress(DSLContext database, Admin admin, String aggregatorGroup) {
    this.database = database;
    this.admin = admin;
    this.aggregatorGroup = aggregatorGroup;
  }

  /** Records the sink has read, by topic: committed with the rows. */
  Map<String, Long> readBySink() {
    return database
        .select(SINK_PROGRESS.TOPIC, sum(SINK_PROGRESS.RECORDS_READ))
        .from(SINK_PROGRESS)
        .groupBy(SINK_PROGRESS.TOPIC)
        .fetch()
        .stream()
        .collect(Collectors.toMap(row -> row.value1(), row -> row.value2().longValueExact()));
  }

  /** Records the aggregator has not folded yet, by topic; its inputs hold no transactions. */
  Map<String, Long> behindAggregator() {
    try {
      var committed =
          admin.listConsumerGroupOffsets(aggregatorGroup).partitionsToOffsetAndMetadata().get();
      var ends = ends(committed);
      var behind = new HashMap<String, Long>();
      committed.forEach(
          (partition, offset) -> {
            var read = offset == null ? 0 : offset.offset();
            behind.merge(partition.topic(), ends.get(partition) - read, Long::sum);
          });
      return behind;
    } catch (ExecutionException failed) {
      throw new IllegalStateException("the embedded broker does not answer", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking the broker", interrupted);
    }
  }

  private Map<TopicPartition, Long> ends(Map<TopicPartition, OffsetAndMetadata> committed)
      throws ExecutionException, InterruptedException {
    var latest =
        committed.keySet().stream()
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    return admin.listOffsets(latest).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }
}
