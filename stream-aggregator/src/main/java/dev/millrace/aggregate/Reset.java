package dev.millrace.aggregate;

import dev.millrace.aggregate.series.AlertProcessor;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.SchemaRegistry;
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
import org.apache.kafka.streams.TopologyDescription;

/**
 * Makes an application forget what it has computed, so that its next start computes it again from a
 * point in time on: its changelogs and repartition topics are deleted, and its offsets set to the
 * first records that may be of that time or later. What it has published stays; what it publishes
 * again replaces that, row by row. What it has raised it goes on remembering: nobody is told twice.
 *
 * <p>What is gained from many series over weeks is an exception: its topics are read again from
 * their beginning, as far as that is kept.
 *
 * <p>To be run while none of its processes runs. May be run again if it was interrupted. The
 * windows that begin before that time would be computed from a part of their samples only: {@link
 * AggregatorConfig#publishFrom} leaves them as they are.
 */
public final class Reset {
  private final String applicationId;
  private final RecordCatalog catalog;
  private final Duration ahead;
  private final Set<String> internal;

  /** Of the application that {@link Aggregator} would be with the same parameters. */
  public Reset(RecordCatalog catalog, AggregatorConfig config, SchemaRegistry registry) {
    this.applicationId = Aggregator.applicationId(catalog, config);
    this.catalog = catalog;
    this.internal =
        internal(new AggregationTopology(catalog, config, registry).get().describe())
            .filter(name -> !raised(catalog).contains(name))
            .map(name -> applicationId + "-" + name)
            .collect(Collectors.toSet());
    this.ahead =
        catalog
            .folded()
            .map(type -> config.timing().over(type.fold().orElseThrow().timing()).ahead())
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
  }

  /** What was raised is remembered: computed again, it is not to be told to people again. */
  private static Set<String> raised(RecordCatalog catalog) {
    return catalog
        .raised()
        .flatMap(
            into ->
                into.alerting().orElseThrow().sources().stream()
                    .map(from -> changelog(AlertProcessor.storeName(into, from))))
        .collect(Collectors.toSet());
  }

  private static String changelog(String store) {
    return store + "-changelog";
  }

  /** Named one by one: another application's id may begin with this one's. */
  private static Stream<String> internal(TopologyDescription topology) {
    var nodes = topology.subtopologies().stream().flatMap(part -> part.nodes().stream()).toList();
    var changelogs =
        nodes.stream()
            .filter(TopologyDescription.Processor.class::isInstance)
            .flatMap(node -> ((TopologyDescription.Processor) node).stores().stream())
            .map(Reset::changelog);
    var repartitions =
        nodes.stream()
            .filter(TopologyDescription.Source.class::isInstance)
            .flatMap(node -> ((TopologyDescription.Source) node).topicSet().stream())
            .filter(topic -> topic.endsWith("-repartition"));
    return Stream.concat(changelogs, repartitions);
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
    var names = new TreeSet<>(get(admin.listTopics().names()));
    names.retainAll(internal);
    get(admin.deleteTopics(names).all());
    return names;
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
    var others = catalog.types().stream().flatMap(type -> type.computedFrom().stream());
    var topics = Stream.concat(catalog.folded().map(RecordType::topic), others).distinct().toList();
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
