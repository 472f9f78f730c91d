package dev.millrace.standalone.demo;

import dev.millrace.catalog.Millrace;
import dev.millrace.producer.generator.AudioGenerator;
import dev.millrace.producer.generator.GeneratorConfig;
import dev.millrace.schema.audio.AudioRecords;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The whole pipeline in one process, fed with generated audio and the measurements of this machine,
 * until its time is over; then the books.
 */
public final class Demo {
  /** Longer than the pipeline takes to close and store its last windows. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** People watch: a silent series is published soon. */
  private static final Map<String, String> SETTINGS = Map.of("aggregator.idle_timeout_ms", "3000");

  private final Options options;
  private final PrintWriter err;
  private final CountDownLatch stop;

  /**
   * What a demo is asked for.
   *
   * @param length how long to feed the pipeline; empty until stopped
   * @param dataDir where to keep the data; empty for a temporary folder
   * @param kafkaPort 0 for a free one
   * @param databasePort 0 for a free one
   * @param registryPort 0 for a free one
   * @param history how much event time is generated before the present
   * @param generator what is generated
   */
  public record Options(
      Optional<Duration> length,
      Optional<Path> dataDir,
      int kafkaPort,
      int databasePort,
      int registryPort,
      Duration history,
      GeneratorConfig generator) {}

  /**
   * Prepares a demo.
   *
   * @param err where progress goes
   * @param stop ends the feeding early
   */
  public Demo(Options options, PrintWriter err, CountDownLatch stop) {
    this.options = options;
    this.err = err;
    this.stop = stop;
  }

  /** Runs it. Ends the servers, and removes their data where it was temporary. */
  public Summary run() throws Exception {
    var clock = InstantSource.system();
    var begin = clock.instant();
    try (var workspace = Workspace.of(options.dataDir());
        var servers = new Servers(workspace, ports());
        var pipeline = new Pipeline(Millrace.CATALOG, servers.addresses(), SETTINGS, workspace.folder("streams"))) {
      printAddresses(servers);
      var generator = new GeneratorFeed(generator(begin), pipeline.publisher(), clock, Instant.MAX);
      try (var host = new HostFeed(pipeline.publisher(), servers.addresses());
          var progress = new Progress(err, pipeline.counters());
          generator) {
        generator.start();
        host.start();
        progress.start();
        awaitEnd(pipeline, generator, host);
      }
      err.println("settling: waiting for the last windows to close and be stored");
      err.flush();
      try (var ledger = pipeline.ledger()) {
        var topics = new Settling(PATIENCE).settle(ledger);
        var score =
            new Incidents(pipeline.database(), AudioRecords.SAMPLES.topic())
                .score(generator.injections());
        return new Summary(begin.until(clock.instant(), ChronoUnit.SECONDS), topics, score);
      }
    }
  }

  private Servers.Ports ports() {
    return new Servers.Ports(options.kafkaPort(), options.databasePort(), options.registryPort());
  }

  private AudioGenerator generator(Instant begin) {
    var start = begin.truncatedTo(ChronoUnit.SECONDS).minus(options.history());
    return new AudioGenerator(options.generator(), start);
  }

  private void awaitEnd(Pipeline pipeline, GeneratorFeed generator, HostFeed host)
      throws InterruptedException {
    var left = options.length().map(Duration::toSeconds).orElse(Long.MAX_VALUE);
    while (left-- > 0 && !stop.await(1, TimeUnit.SECONDS)) {
      pipeline.requireHealthy();
      host.requireHealthy();
      if (!generator.running()) {
        return; // Closing it says why.
      }
    }
  }

  private void printAddresses(Servers servers) {
    err.printf("kafka     %s%n", servers.addresses().bootstrapServer());
    err.printf("registry  %s%n", servers.addresses().registryUrl());
    err.printf("psql      %s%n", servers.psqlUrl());
    err.println(options.length().isPresent() ? "" : "Ctrl-C ends the demo and shows the books");
    err.flush();
  }
}
