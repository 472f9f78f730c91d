package dev.millrace.aggregate;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/**
 * Makes an application forget what it has computed, so that its next start computes it again from a
 * point in time on: its changelogs and repartition topics are deleted, and its offsets set to the
 * first records that may be of that time or later. What it has published stays; what it publishes
 * again replaces that, row by row.
 *
 * <p>To be run while none of its processes runs. May be run again if it was interrupted. The
 * windows that begin before that time would be computed from a part of their samples only: {@link
 * AggregatorConfig#publishFrom} leaves them as they are.
 */
public final class Reset {
  private static final List<String> INTERNAL = List.of("-changelog", "-repartition");

  private final String applicationId;
  private final RecordCatalog catalog;
  private final Duration ahead;

  /**
   * Of the application that {@link Aggregator} would be with the same catalogue and configuration.
   */
  public Reset(RecordCatalog catalog, AggregatorConfig config) {
    this.applicationId = Aggregator.applicationId(catalog, config);
    this.catalog = catalog;
    this.ahead =
        catalog
            .folded()
            .map(type -> config.timing().over(type.fold().orElseThrow().timing()).ahead())
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
  }

  /**
   * What was done.
   *
   * @param deleted topics that are gone
   * @param toRead records from the new offsets to the end
   */
  public record Done(Set<String> deleted, long toRead) {}

  /**
   * Resets it.
   *
   * @param from event time that everything is computed from again
   * @throws MillraceException {@link AggregatorFailure#STILL_RUNNING}
   */
  public Done to(Instant from, Map<String, String> kafkaProperties) {
    try (var admin = Admin.create(Map.copyOf(kafkaProperties))) {
      forgetOffsets(admin);
      var deleted = deleteInternalTopics(admin);
      return new Done(deleted, setOffsets(admin, from.minus(ahead)));
    }
  }

  /** Refused by the broker while the group has members. */
  private void forgetOffsets(Admin admin) {
    try {
      get(admin.deleteConsumerGroups(List.of(applicationId)).all());
    } catch (GroupNotEmptyException running) {
      throw new MillraceException(
          AggregatorFailure.STILL_RUNNING,
          "aggregators of %s are running, or were a moment ago; stop them first"
              .formatted(applicationId),
          running);
    } catch (GroupIdNotFoundException none) {
      // It has never run, or was reset before.
    }
  }

  private Set<String> deleteInternalTopics(Admin admin) {
    var internal =
        get(admin.listTopics().names()).stream()
            .filter(topic -> topic.startsWith(applicationId + "-"))
            .filter(topic -> INTERNAL.stream().anyMatch(topic::endsWith))
            .collect(Collectors.toCollection(TreeSet::new));
    get(admin.deleteTopics(internal).all());
    return internal;
  }

  private long setOffsets(Admin admin, Instant from) {
    var partitions = partitions(admin);
    var begins = offsets(admin, partitions, OffsetSpec.forTimestamp(from.toEpochMilli()));
    var ends = offsets(admin, partitions, OffsetSpec.latest());
    var places = new HashMap<TopicPartition, OffsetAndMetadata>();
    var toRead = 0L;
    for (var partition : partitions) {
      var end = ends.get(partition).offset();
      var found = begins.get(partition).offset();
      // Where no record is that late, there is none to read.
      var begin = found < 0 ? end : found;
      places.put(partition, new OffsetAndMetadata(begin));
      toRead += end - begin;
    }
    get(admin.alterConsumerGroupOffsets(applicationId, places).all());
    return toRead;
  }

  private Set<TopicPartition> partitions(Admin admin) {
    var rows =
        catalog
            .rolledUp()
            .flatMap(type -> type.rollup().orElseThrow().inputs().stream())
            .map(input -> input.of().topic());
    var topics = Stream.concat(catalog.folded().map(RecordType::topic), rows).distinct().toList();
    return get(admin.describeTopics(topics).allTopicNames()).values().stream()
        .flatMap(
            topic ->
                topic.partitions().stream()
                    .map(each -> new TopicPartition(topic.name(), each.partition())))
        .collect(Collectors.toSet());
  }

  private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Admin admin, Collection<TopicPartition> partitions, OffsetSpec which) {
    return get(
        admin
            .listOffsets(partitions.stream().collect(Collectors.toMap(each -> each, each -> which)))
            .all());
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking Kafka", interrupted);
    }
  }
}
