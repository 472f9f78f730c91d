package dev.millrace.aggregate;

import dev.millrace.aggregate.series.AlertProcessor;
import dev.millrace.aggregate.series.MemberProcessor;
import dev.millrace.aggregate.series.PairProcessor;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.SchemaRegistry;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * Adds what follows from single records of other topics: pairs of those that belong together, and
 * what they raise. A topic is read once, however many read it, and is a sub-topology with what is
 * done to its records before they are repartitioned.
 */
final class DerivedStreams {
  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  private final SharedStreams streams;
  private final StreamsBuilder builder;
  private final SchemaRegistry registry;
  private final AggregatorMetrics metrics;

  DerivedStreams(SharedStreams streams, SchemaRegistry registry, AggregatorMetrics metrics) {
    this.streams = streams;
    this.builder = streams.builder();
    this.registry = registry;
    this.metrics = metrics;
  }

  /**
   * Adds the pairs of a type that is made of them. Its members meet under the keys of their groups,
   * in as many partitions as the type's own topic has, wherever they come from.
   *
   * @param ahead how far ahead of the wall clock an event may be
   */
  void addPairs(RecordType into, Duration ahead) {
    var counted = metrics.fold(into.topic());
    builder.addStateStore(PairProcessor.store(into, counted));
    into.pairing().orElseThrow().sources().stream()
        .map(from -> members(into, from, ahead))
        .reduce(KStream::merge)
        .orElseThrow()
        .process(
            () -> new PairProcessor(into, registry, counted),
            Named.as(into.topic() + "-pair"),
            PairProcessor.storeName(into))
        .to(into.topic(), published(into, "pairs"));
  }

  private KStream<byte[], byte[]> members(RecordType into, RecordType from, Duration ahead) {
    var name = into.topic() + "-" + from.topic();
    return streams
        .of(from)
        .process(
            () -> new MemberProcessor(into, from, registry, ahead), Named.as(name + "-members"))
        .repartition(
            Repartitioned.with(BYTES, BYTES)
                .withName(name)
                .withNumberOfPartitions(into.settings().partitions()));
  }

  /** Adds what is raised of a type. */
  void addAlerts(RecordType into) {
    for (var from : into.alerting().orElseThrow().sources()) {
      builder.addStateStore(AlertProcessor.store(into, from, metrics.fold(into.topic())));
      streams
          .of(from)
          .process(
              () -> new AlertProcessor(into, from, registry),
              Named.as("%s-%s-raise".formatted(into.topic(), from.topic())),
              AlertProcessor.storeName(into, from))
          .to(into.topic(), published(into, from.topic()));
    }
  }

  private static Produced<byte[], byte[]> published(RecordType into, String from) {
    return Produced.with(BYTES, BYTES).withName("%s-%s-published".formatted(into.topic(), from));
  }
}
