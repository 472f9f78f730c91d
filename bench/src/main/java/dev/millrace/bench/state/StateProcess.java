package dev.millrace.bench.state;

import dev.millrace.bench.server.BrokerProcess;
import dev.millrace.bench.server.JavaProcess;
import java.nio.file.Path;
import java.util.List;

/** An aggregator in a JVM of its own that can be asked what it holds, and killed. One thread. */
final class StateProcess implements AutoCloseable {
  private static final List<String> OPTIONS =
      List.of("-Xmx4g", "-XX:+UseParallelGC", "--enable-native-access=ALL-UNNAMED");

  private final JavaProcess process;
  private final double startSeconds;
  private final double restoringSeconds;

  private StateProcess(JavaProcess process, double startSeconds, double restoringSeconds) {
    this.process = process;
    this.startSeconds = startSeconds;
    this.restoringSeconds = restoringSeconds;
  }

  /** What it can be asked. */
  enum Question {
    /** In use after a collection. */
    HEAP_BYTES,
    /** Keys and values that it has written to changelogs. */
    WRITTEN_BYTES,
    /** Keys and values that it has read from changelogs. */
    RESTORED_BYTES,
    RESTORED_RECORDS
  }

  /**
   * Which aggregator.
   *
   * @param application id of it; processes of one share the work
   * @param standbys copies of the state that other processes keep
   * @param folder for lock files and logs
   */
  record Application(String application, int standbys, Path folder) {

    /** Starts a process of it; returns when it runs, with everything restored. */
    StateProcess start(BrokerProcess broker, String name) {
      var arguments =
          List.of(
              broker.bootstrapServers(),
              broker.registryUrl(),
              application,
              folder.resolve(name).toString(),
              Integer.toString(standbys));
      var begin = System.nanoTime();
      var log = folder.resolve(name + ".log");
      var process = JavaProcess.start(StateMain.class, OPTIONS, arguments, log);
      var restoring = Double.parseDouble(process.answer());
      return new StateProcess(process, (System.nanoTime() - begin) / 1e9, restoring);
    }
  }

  /** From its start until it ran. */
  double startSeconds() {
    return startSeconds;
  }

  /** Of these, from the first record of a changelog on. */
  double restoringSeconds() {
    return restoringSeconds;
  }

  long ask(Question question) {
    process.tell(question.name());
    return Long.parseLong(process.answer());
  }

  /** {@code kill -9}. */
  void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
