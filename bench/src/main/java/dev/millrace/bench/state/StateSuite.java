package dev.millrace.bench.state;

import dev.millrace.bench.aggregate.FoldCatalog;
import dev.millrace.bench.report.Figure;
import dev.millrace.bench.server.BrokerProcess;
import dev.millrace.bench.state.StateProcess.Application;
import dev.millrace.bench.state.StateProcess.Question;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.topics.TopicCreator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/**
 * The cost of the state of so many series, with a broker of their own. Half of the series are
 * published, then the other half: the heap of the second half is that of the state alone, as what
 * clients and compiler hold is there before. Processes are killed at rest, with everything
 * committed. One thread.
 */
final class StateSuite {
  private static final String APPLICATION = "state";

  private final Path folder;
  private final Size size;
  private final Consumer<String> tell;
  private final StateFigures figures;

  /**
   * How much of what.
   *
   * @param series in all; at least two
   * @param samplesPerSeries of each
   * @param rate samples published a second
   * @param rounds of what is timed
   * @param standby whether it is measured who takes over, without a standby and with one
   */
  record Size(int series, int samplesPerSeries, int rate, int rounds, boolean standby) {}

  /** Prepares one; {@code tell} is told what goes on. */
  StateSuite(Path folder, Size size, Consumer<String> tell) {
    this.folder = folder;
    this.size = size;
    this.tell = tell;
    this.figures = new StateFigures(size);
  }

  List<Figure> measure() {
    try (var broker = BrokerProcess.start(folder.resolve("broker"));
        var admin = Admin.create(Map.copyOf(broker.kafka()))) {
      new TopicCreator(admin, (short) 1).create(FoldCatalog.allTiers(HubRecords.SAMPLES));
      try (var first = load(broker, "first");
          var second = load(broker, "second")) {
        measureOne(broker, admin, first, second);
        if (size.standby()) {
          measureTwo(broker, admin, 0, first, second);
          measureTwo(broker, admin, 1, first, second);
        }
      }
      return figures.all();
    }
  }

  private Load load(BrokerProcess broker, String tenant) {
    return new Load(broker, tenant, size.series() / 2, size.samplesPerSeries(), size.rate());
  }

  private void measureOne(BrokerProcess broker, Admin admin, Load first, Load second) {
    var application = new Application(APPLICATION, 0, folder);
    var group = new Group(admin, APPLICATION);
    var process = application.start(broker, APPLICATION);
    try {
      var empty = process.ask(Question.HEAP_BYTES);
      tell.accept("publishing samples of %,d series".formatted(size.series()));
      first.publish();
      group.awaitFolded(first.published());
      var half = process.ask(Question.HEAP_BYTES);
      second.publish();
      var samples = first.published() + second.published();
      group.awaitFolded(samples);
      figures.heap(empty, half, process.ask(Question.HEAP_BYTES));
      var changelog = Changelog.read(broker.kafka(), APPLICATION);
      figures.changelog(changelog);
      figures.written(process.ask(Question.WRITTEN_BYTES), changelog, samples);
      var restarts = new ArrayList<Restart>();
      while (restarts.size() < size.rounds()) {
        process.kill();
        group.removeMembers();
        process = application.start(broker, APPLICATION);
        restarts.add(Restart.of(process));
        tell.accept(restarts.get(restarts.size() - 1).toString());
      }
      figures.restarts(restarts);
    } finally {
      process.kill();
    }
  }

  private void measureTwo(
      BrokerProcess broker, Admin admin, int standbys, Load first, Load second) {
    var name = "standby-" + standbys;
    var takeover =
        new Takeover(
            new Application(name, standbys, folder.resolve(name)),
            broker,
            new Group(admin, name),
            second::publish,
            () -> first.published() + second.published());
    figures.takeover(standbys, takeover.measure(size.rounds(), tell));
  }
}
