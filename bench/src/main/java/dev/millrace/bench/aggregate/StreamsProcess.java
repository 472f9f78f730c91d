package dev.millrace.bench.aggregate;

import dev.millrace.bench.server.BrokerProcess;
import dev.millrace.bench.server.JavaProcess;
import java.nio.file.Path;
import java.util.List;

/** The JVM of one {@link Program}, which runs it again and again. One thread. */
final class StreamsProcess implements AutoCloseable {
  private static final List<String> OPTIONS =
      List.of("-Xmx2g", "-XX:+UseParallelGC", "--enable-native-access=ALL-UNNAMED");

  private final Program program;
  private final SampleLoad load;
  private final JavaProcess process;
  private int runs;

  private StreamsProcess(Program program, SampleLoad load, JavaProcess process) {
    this.program = program;
    this.load = load;
    this.process = process;
  }

  /**
   * What a run took.
   *
   * @param samples read
   * @param seconds from the first records to the commit behind the last
   * @param cpuSeconds of the JVM meanwhile
   */
  record Run(long samples, double seconds, double cpuSeconds) {

    double perSecond() {
      return samples / seconds;
    }

    double cpuPerMillion() {
      return cpuSeconds * 1e6 / samples;
    }
  }

  static StreamsProcess start(
      Program program, SampleLoad load, BrokerProcess broker, int threads, Path folder) {
    var arguments =
        List.of(broker.bootstrapServers(), broker.registryUrl(), Integer.toString(threads));
    var log = folder.resolve(program.name() + ".log");
    var process = JavaProcess.start(StreamsMain.class, OPTIONS, arguments, log);
    return new StreamsProcess(program, load, process);
  }

  Program program() {
    return program;
  }

  /** One run, of a name of its own: to the broker, a new application. */
  Run run() {
    var name = "%s-%d-%d".formatted(program.name(), process.processId(), runs++);
    process.tell("%s %s %s %d".formatted(program.name(), load.name(), name, load.samples()));
    var figures = process.answer().split(" ", -1);
    return new Run(load.samples(), Double.parseDouble(figures[0]), Double.parseDouble(figures[1]));
  }

  @Override
  public void close() {
    process.close();
  }
}
