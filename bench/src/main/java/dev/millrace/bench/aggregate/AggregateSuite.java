package dev.millrace.bench.aggregate;

import dev.millrace.bench.report.Comparison;
import dev.millrace.bench.report.Samples;
import dev.millrace.bench.server.BrokerProcess;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import dev.millrace.schema.wire.MessageKey;
import dev.millrace.schema.wire.RecordEncoder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Runs the programs that are wanted in turn, each in a JVM of its own over samples that are in the
 * topic before: first to warm up, then round by round. Who begins changes with the round. One
 * thread.
 */
final class AggregateSuite {
  private final BrokerProcess broker;
  private final Path folder;
  private final Size size;
  private final PrintWriter out;

  /**
   * How much of what.
   *
   * @param samples of a run
   * @param series that they are of
   * @param hertz samples a second of each
   * @param threads of Kafka Streams, on every side
   * @param warmUpSeconds of runs before what is counted
   * @param rounds that are counted
   */
  record Size(long samples, int series, int hertz, int threads, int warmUpSeconds, int rounds) {
    private static final int MANY = 100;

    private SampleLoad load(long beginMicros) {
      return new SampleLoad("bench.samples", series, hertz, samples, beginMicros);
    }

    private SampleLoad many(long beginMicros) {
      return new SampleLoad("bench.samples-many", series * MANY, hertz, samples, beginMicros);
    }
  }

  AggregateSuite(BrokerProcess broker, Path folder, Size size, PrintWriter out) {
    this.broker = broker;
    this.folder = folder;
    this.size = size;
    this.out = out;
  }

  List<Comparison> measure(List<AggregateBenchmark> wanted) throws Exception {
    var programs = new TreeSet<Program>();
    wanted.forEach(each -> programs.addAll(List.of(each.ours(), each.other())));
    var begin = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.DAYS);
    var micros = begin.getEpochSecond() * 1_000_000;
    var load = size.load(micros);
    var many = size.many(micros);
    makeTopics(load, many);
    publish(load);
    if (programs.stream().anyMatch(Program::isOverManySeries)) {
      publish(many);
    }
    var processes = new ArrayList<StreamsProcess>();
    try {
      for (var program : programs) {
        var samples = program.isOverManySeries() ? many : load;
        processes.add(StreamsProcess.start(program, samples, broker, size.threads(), folder));
      }
      var runs = measureAll(processes);
      return wanted.stream().map(each -> comparison(each, runs)).toList();
    } finally {
      processes.forEach(StreamsProcess::close);
    }
  }

  private Map<Program, List<StreamsProcess.Run>> measureAll(List<StreamsProcess> processes) {
    var runs = new EnumMap<Program, List<StreamsProcess.Run>>(Program.class);
    for (var process : processes) {
      runs.put(process.program(), new ArrayList<>());
      var warm = 0.0;
      do {
        var run = process.run();
        warm += run.seconds();
        tell("warm-up", process.program(), run);
      } while (warm < size.warmUpSeconds());
    }
    for (var round = 0; round < size.rounds(); round++) {
      var order = new ArrayList<>(processes);
      Collections.rotate(order, round);
      for (var process : order) {
        var run = process.run();
        runs.get(process.program()).add(run);
        tell("round " + (round + 1), process.program(), run);
      }
    }
    return runs;
  }

  private void tell(String round, Program program, StreamsProcess.Run run) {
    out.printf(
        Locale.ROOT,
        "%s: %s: %,.0f samples/s, CPU %.2f s a million%n",
        round,
        program.label(),
        run.perSecond(),
        run.cpuPerMillion());
    out.flush();
  }

  private static Comparison comparison(
      AggregateBenchmark benchmark, Map<Program, List<StreamsProcess.Run>> runs) {
    var ours = runs.get(benchmark.ours());
    var other = runs.get(benchmark.other());
    return new Comparison(
        benchmark.title(),
        "samples/s",
        new Samples(ours.stream().map(StreamsProcess.Run::perSecond).toList()),
        new Samples(other.stream().map(StreamsProcess.Run::perSecond).toList()),
        benchmark.other().label(),
        benchmark.target(),
        Map.of("CPU s a million", cpu(ours), "other's", cpu(other)));
  }

  private static double cpu(List<StreamsProcess.Run> runs) {
    return new Samples(runs.stream().map(StreamsProcess.Run::cpuPerMillion).toList()).median();
  }

  private void makeTopics(SampleLoad load, SampleLoad many) throws Exception {
    var types =
        Stream.of(
                FoldCatalog.fiveSeconds(load.type()),
                FoldCatalog.allTiers(load.type()),
                FoldCatalog.allTiers(many.type()))
            .map(RecordCatalog::types)
            .flatMap(List::stream)
            .toList();
    var names = new TreeSet<String>();
    for (var type : types) {
      names.addAll(List.of(type.topic(), type.lateTopic(), type.deadLetterTopic()));
    }
    names.add(StreamsMain.PASSED_ON);
    try (var admin = Admin.create(Map.copyOf(broker.kafka()))) {
      var topics = names.stream().map(AggregateSuite::topic).toList();
      admin.createTopics(topics).all().get();
    } catch (ExecutionException refused) {
      throw new IllegalStateException("cannot make " + names, refused.getCause());
    }
  }

  private static NewTopic topic(String name) {
    return new NewTopic(name, Optional.of(SampleLoad.PARTITIONS), Optional.empty());
  }

  private void publish(SampleLoad load) {
    out.printf(
        "%s: publishing %,d samples of %,d series%n", load.name(), load.samples(), load.series());
    out.flush();
    var type = load.type();
    var encoder =
        new RecordEncoder(type, new ConfluentSchemaRegistry(broker.registryUrl(), Map.of()));
    var failure = new AtomicReference<Exception>();
    try (var producer = new KafkaProducer<byte[], byte[]>(producer())) {
      load.forEach(
          sample -> {
            var unused =
                producer.send(
                    message(type, encoder, sample),
                    (place, failed) -> failure.compareAndSet(null, failed));
          });
    }
    if (failure.get() != null) {
      throw new IllegalStateException("a sample was not published", failure.get());
    }
  }

  private static ProducerRecord<byte[], byte[]> message(
      RecordType type, RecordEncoder encoder, GenericRecord sample) {
    return new ProducerRecord<>(type.topic(), MessageKey.of(type, sample), encoder.encode(sample));
  }

  private Map<String, Object> producer() {
    return Map.of(
        "bootstrap.servers",
        broker.bootstrapServers(),
        "key.serializer",
        ByteArraySerializer.class,
        "value.serializer",
        ByteArraySerializer.class,
        "acks",
        "all",
        "compression.type",
        "lz4",
        "linger.ms",
        5,
        "batch.size",
        256 << 10);
  }
}
