package dev.millrace.schema.topics;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.TopicSettings;
import dev.millrace.schema.wire.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes the topics of a catalogue, with their dead-letter and late topics, and sets the
 * compatibility of their subjects. What exists already is left as it is. Borrows the admin client;
 * used by one thread.
 */
public final class TopicCreator {
  /** Dead letters and late records are few, and wait for a person. */
  private static final TopicSettings ASIDE = TopicSettings.keep(1, Duration.ofDays(30));

  /** Twice what Kafka lets a record have by default. */
  private static final int DEAD_LETTER_BYTES = 2 << 20;

  private static final long TIMEOUT_SECONDS = 30;
  private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final String COMPATIBILITY = "BACKWARD_TRANSITIVE";

  private final Admin admin;
  private final short replication;

  /**
   * Borrows a client.
   *
   * @param replication replicas of each partition; -1 for the broker's default
   */
  public TopicCreator(Admin admin, short replication) {
    this.admin = admin;
    this.replication = replication;
  }

  /**
   * Makes every topic that is not there yet.
   *
   * @return the names of those made, in order
   * @throws MillraceException {@link TopicFailure} if the broker is away or refuses
   */
  public List<String> create(RecordCatalog catalog) {
    var existing = await("list the topics", admin.listTopics().names());
    var wanted = new ArrayList<NewTopic>();
    catalog.types().forEach(type -> wanted.addAll(topicsOf(type, existing)));
    var outcomes = admin.createTopics(wanted).values();
    var made =
        wanted.stream().map(NewTopic::name).filter(name -> made(name, outcomes.get(name))).toList();
    awaitLeaders(wanted);
    return made;
  }

  /**
   * Waits until every partition answers. A producer that sends several batches to a partition whose
   * leader is not ready may have the second one taken first, and is then refused the first one for
   * good (out of order).
   */
  private void awaitLeaders(List<NewTopic> topics) {
    var latest = new HashMap<TopicPartition, OffsetSpec>();
    for (var topic : topics) {
      for (var partition = 0; partition < topic.numPartitions(); partition++) {
        latest.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (!answer(latest, deadline)) {
      LockSupport.parkNanos(ASK_AGAIN_NANOS);
    }
  }

  /** A broker that has not heard of a topic yet is asked again; the client takes that for final. */
  private boolean answer(Map<TopicPartition, OffsetSpec> latest, long deadline) {
    try {
      var unused = await("wait for the new topics' leaders", admin.listOffsets(latest).all());
      return true;
    } catch (MillraceException failed) {
      var unheardOf = failed.getCause() instanceof UnknownTopicOrPartitionException;
      if (unheardOf && System.nanoTime() < deadline) {
        return false;
      }
      throw failed;
    }
  }

  /** Sets the compatibility level of every subject of the catalogue to BACKWARD_TRANSITIVE. */
  public static void setCompatibility(RecordCatalog catalog, SchemaRegistry registry) {
    catalog.types().forEach(type -> registry.setCompatibility(type.subject(), COMPATIBILITY));
  }

  private List<NewTopic> topicsOf(RecordType type, Set<String> existing) {
    var topics = new ArrayList<NewTopic>();
    topics.add(topic(type.topic(), type.settings()));
    topics.add(roomier(topic(type.deadLetterTopic(), ASIDE)));
    if (type.fold().isPresent()) {
      topics.add(topic(type.lateTopic(), ASIDE));
    }
    topics.removeIf(topic -> existing.contains(topic.name()));
    return topics;
  }

  /** The largest record a topic takes by default is larger as a dead letter: it has headers. */
  private static NewTopic roomier(NewTopic topic) {
    var config = new HashMap<>(topic.configs());
    config.put("max.message.bytes", Integer.toString(DEAD_LETTER_BYTES));
    return topic.configs(config);
  }

  private NewTopic topic(String name, TopicSettings settings) {
    var factor = replication < 0 ? Optional.<Short>empty() : Optional.of(replication);
    return new NewTopic(name, Optional.of(settings.partitions()), factor)
        .configs(settings.config());
  }

  private static boolean made(String name, KafkaFuture<Void> outcome) {
    try {
      await("create topic " + name, outcome);
      return true;
    } catch (MillraceException failed) {
      if (failed.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw failed;
    }
  }

  private static <T> T await(String what, KafkaFuture<T> outcome) {
    try {
      return outcome.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw TopicFailure.of(what, failed.getCause());
    } catch (TimeoutException late) {
      throw TopicFailure.of(what, late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw TopicFailure.of(what, interrupted);
    }
  }
}
