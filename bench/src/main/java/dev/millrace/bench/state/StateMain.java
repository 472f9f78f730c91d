package dev.millrace.bench.state;

import dev.millrace.aggregate.Aggregator;
import dev.millrace.aggregate.AggregatorConfig;
import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.bench.aggregate.FoldCatalog;
import dev.millrace.config.Settings;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What a {@link StateProcess} is: an aggregator of the hub's samples. Says how long its restoration
 * took, from the first record of a changelog on, once it runs with everything restored; then
 * answers each line, which asks for a figure. It ends with its input.
 */
final class StateMain {
  /** So that series which are not published while others are stay as they are. */
  private static final String IDLE_MILLIS = "3600000";

  private StateMain() {}

  /** Arguments: bootstrap servers, registry, application id, folder, standby replicas. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var written = new LongAdder();
    var aggregator = aggregator(args, written);
    aggregator.start();
    while (aggregator.state() != KafkaStreams.State.RUNNING) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    var restoring = Restored.records() == 0 ? 0 : System.nanoTime() - Restored.firstNanos();
    System.out.println(restoring / 1e9);
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answer(StateProcess.Question.valueOf(line), written));
    }
    aggregator.close();
  }

  private static Aggregator aggregator(String[] args, LongAdder written) {
    var config =
        AggregatorConfig.from(
            Settings.of(
                Map.of(
                    "aggregator.application_id", args[2],
                    "aggregator.state_dir", args[3],
                    "aggregator.standby_replicas", args[4],
                    "aggregator.idle_timeout_ms", IDLE_MILLIS)));
    var kafka =
        Map.of(
            "bootstrap.servers",
            args[0],
            StreamsConfig.restoreConsumerPrefix("interceptor.classes"),
            Restored.class.getName(),
            // A task goes where it is to stay at once, however far behind its copy there is.
            StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG,
            Long.toString(Long.MAX_VALUE));
    return new Aggregator(
        FoldCatalog.allTiers(HubRecords.SAMPLES),
        config,
        new ConfluentSchemaRegistry(args[1], Map.of()),
        kafka,
        counting(written));
  }

  private static AggregatorMetrics counting(LongAdder written) {
    return topic ->
        new AggregatorMetrics.Fold() {
          @Override
          public void changelog(long bytes) {
            written.add(bytes);
          }
        };
  }

  private static long answer(StateProcess.Question asked, LongAdder written) {
    return switch (asked) {
      case HEAP_BYTES -> {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        yield memory.getHeapMemoryUsage().getUsed();
      }
      case WRITTEN_BYTES -> written.sum();
      case RESTORED_BYTES -> Restored.bytes();
      case RESTORED_RECORDS -> Restored.records();
    };
  }
}
