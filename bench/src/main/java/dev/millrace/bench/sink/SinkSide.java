package dev.millrace.bench.sink;

import dev.millrace.bench.server.BrokerProcess;
import dev.millrace.bench.server.JavaProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The product's sink in a JVM of its own, with the options its launcher gives it. Every run is a
 * sink of another name: to it, the topic is new.
 */
final class SinkSide implements Side {
  private static final List<String> OPTIONS =
      List.of("-Xmx2g", "-XX:+UseParallelGC", "--enable-native-access=ALL-UNNAMED");

  private final Load load;
  private final JavaProcess process;
  private int runs;

  private SinkSide(Load load, JavaProcess process) {
    this.load = load;
    this.process = process;
  }

  /**
   * Starts the process.
   *
   * @param databaseUrl as JDBC takes it
   * @param log what it writes to its standard error
   */
  static SinkSide start(
      Load load, BrokerProcess broker, String databaseUrl, int writers, Path log) {
    var arguments =
        List.of(
            broker.bootstrapServers(),
            broker.registryUrl(),
            databaseUrl,
            load.type().topic(),
            load.prefix(),
            Integer.toString(writers));
    return new SinkSide(load, JavaProcess.start(SinkMain.class, OPTIONS, arguments, log));
  }

  @Override
  public String name() {
    return "sink";
  }

  /** The name of the sink of the run that comes next. */
  String nextGroup() {
    return "%s-%d-%d".formatted(load.name(), process.processId(), runs);
  }

  @Override
  public Run run() {
    process.tell(nextGroup() + " " + load.rows());
    runs++;
    var run = SinkRun.parse(process.answer());
    return new Run(
        run.rows(), run.seconds(), Optional.of(run.cpuSeconds()), Optional.of(run.batches()));
  }

  @Override
  public void close() {
    process.close();
  }
}
