package dev.millrace.bench.aggregate;

import com.sun.management.OperatingSystemMXBean;
import dev.millrace.aggregate.Aggregator;
import dev.millrace.aggregate.AggregatorConfig;
import dev.millrace.bench.server.BenchFolder;
import dev.millrace.config.Settings;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import dev.millrace.schema.wire.RecordDecoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * What a {@link StreamsProcess} is: runs a {@link Program} over a topic as often as it is told to.
 * A line is the program, the topic, a name for the run and how many samples there are; the answer
 * is seconds from the first records to the commit behind the last, and the processor time of the
 * JVM between the two. It ends with its input.
 */
final class StreamsMain {
  static final String PASSED_ON = "bench.passed-on";

  private static final long LOOK_MILLIS = 10;
  private static final String CACHE_BYTES = Integer.toString(256 << 20);

  private final String bootstrapServers;
  private final ConfluentSchemaRegistry registry;
  private final int threads;
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private StreamsMain(String bootstrapServers, String registryUrl, int threads) {
    this.bootstrapServers = bootstrapServers;
    this.registry = new ConfluentSchemaRegistry(registryUrl, Map.of());
    this.threads = threads;
  }

  /** A run that is under way. */
  private interface Running extends AutoCloseable {
    @Override
    void close();
  }

  /** Arguments: bootstrap servers, registry, stream threads. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var main = new StreamsMain(args[0], args[1], Integer.parseInt(args[2]));
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      var words = line.split(" ", -1);
      var samples = new SampleLoad(words[1], 1, 1, Long.parseLong(words[3]), 0);
      System.out.println(main.run(Program.valueOf(words[0]), samples, words[2]));
    }
  }

  private String run(Program program, SampleLoad load, String name)
      throws IOException, InterruptedException {
    FirstRecord.forget();
    if (program == Program.CONSUMER) {
      return consume(load);
    }
    try (var folder = BenchFolder.scratch();
        var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      var running = start(program, load.type(), name, folder);
      try {
        return finished(admin, name, load.samples());
      } finally {
        running.close();
      }
    }
  }

  private String finished(Admin admin, String name, long samples) throws InterruptedException {
    while (FirstRecord.nanos().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    var cpu = system.getProcessCpuTime();
    while (committed(admin, name) < samples) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return answer(cpu);
  }

  private String answer(long cpuAtBegin) {
    return "%s %s"
        .formatted(
            (System.nanoTime() - FirstRecord.nanos().orElseThrow()) / 1e9,
            (system.getProcessCpuTime() - cpuAtBegin) / 1e9);
  }

  private static long committed(Admin admin, String group) throws InterruptedException {
    try {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(place -> place == null ? 0 : place.offset())
          .sum();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("the broker does not say what is committed", failed);
    }
  }

  private Running start(Program program, RecordType samples, String name, BenchFolder folder) {
    return switch (program) {
      case FOLD_5S -> aggregator(FoldCatalog.fiveSeconds(samples), name, folder);
      case FOLD_ALL, FOLD_ALL_MANY -> aggregator(FoldCatalog.allTiers(samples), name, folder);
      case DSL_ROCKSDB -> streams(DslTopology.of(samples.topic(), registry, false), name, folder);
      case DSL_MEMORY -> streams(DslTopology.of(samples.topic(), registry, true), name, folder);
      case PASSTHROUGH -> streams(passThrough(samples), name, folder);
      case CONSUMER -> throw new IllegalArgumentException("no streams");
    };
  }

  private Running aggregator(RecordCatalog catalog, String name, BenchFolder folder) {
    var config =
        AggregatorConfig.from(
            Settings.of(
                Map.of(
                    "aggregator.application_id", name,
                    "aggregator.threads", Integer.toString(threads),
                    "aggregator.state_dir", folder.path().toString())));
    var kafka = new HashMap<>(watched());
    kafka.put("bootstrap.servers", bootstrapServers);
    var aggregator = new Aggregator(catalog, config, registry, kafka);
    aggregator.start();
    return aggregator::close;
  }

  private static Topology passThrough(RecordType samples) {
    var bytes = Serdes.ByteArray();
    var builder = new StreamsBuilder();
    builder.stream(samples.topic(), Consumed.with(bytes, bytes))
        .to(PASSED_ON, Produced.with(bytes, bytes));
    return builder.build();
  }

  /** The settings the aggregator gives itself, and a cache that holds every window. */
  private Running streams(Topology topology, String name, BenchFolder folder) {
    var properties = new Properties();
    properties.putAll(watched());
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.path().toString());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 500);
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
    properties.put(StreamsConfig.producerPrefix("compression.type"), "lz4");
    properties.put(StreamsConfig.producerPrefix("linger.ms"), "20");
    properties.put(StreamsConfig.producerPrefix("batch.size"), Integer.toString(128 << 10));
    var streams = new KafkaStreams(topology, properties);
    streams.start();
    return streams::close;
  }

  private static Map<String, String> watched() {
    return Map.of(
        StreamsConfig.mainConsumerPrefix("interceptor.classes"), FirstRecord.class.getName());
  }

  private String consume(SampleLoad load) {
    var bytes = new ByteArrayDeserializer();
    var decoder = new RecordDecoder(load.type().schema(), registry);
    var settings =
        Map.<String, Object>of(
            "bootstrap.servers",
            bootstrapServers,
            "interceptor.classes",
            List.of(FirstRecord.class.getName()));
    try (var consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
      var partitions =
          consumer.partitionsFor(load.name()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var cpu = system.getProcessCpuTime();
      GenericRecord reused = null;
      for (var left = load.samples(); left > 0; ) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          reused = decoder.decode(record.value(), reused);
          left--;
        }
      }
      return answer(cpu);
    }
  }
}
