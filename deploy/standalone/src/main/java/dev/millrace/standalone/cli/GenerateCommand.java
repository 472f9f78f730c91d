package dev.millrace.standalone.cli;

import dev.millrace.producer.Publisher;
import dev.millrace.producer.PublisherConfig;
import dev.millrace.producer.generator.AudioGenerator;
import dev.millrace.producer.generator.GeneratorConfig;
import dev.millrace.standalone.demo.GeneratorFeed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Publishes generated call audio in real time. */
@Command(
    name = "generate",
    description = {
      "Publish generated call audio: traces and samples of stations with PRE and POST taps.",
      "Spikes and drops are injected; each is told on stdout, so that a detector can be judged."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./millrace generate --bootstrap-server localhost:9092 \\",
      "      --schema-registry-url http://localhost:8081 --rate 200 --series 64 --for 10m --seed 7"
    })
final class GenerateCommand implements Callable<Integer> {
  @Mixin private KafkaOptions kafka;
  @Mixin private SettingsOptions settings;
  @Spec private CommandSpec spec;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Samples a second, all series together; by default, one a series.")
  private Double rate;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = Durations.class,
      defaultValue = "60s",
      description = "How long, e.g. 90s, 5m, 2h; ${DEFAULT-VALUE} if not given.")
  private Duration length;

  @Option(
      names = "--history",
      paramLabel = "TIME",
      converter = Durations.class,
      defaultValue = "0s",
      description = "Begin this long ago, and catch up as fast as it goes.")
  private Duration history;

  @Option(names = "--seed", paramLabel = "N", description = "Equal seeds give equal records.")
  private Long seed;

  @Option(
      names = "--series",
      paramLabel = "N",
      description = "How many series; a station has 8, so this is rounded up.")
  private Integer series;

  @Override
  public Integer call() throws InterruptedException {
    var values = settings.settings(named());
    var connection = Connection.from(values);
    var publishing = PublisherConfig.from(values);
    var generated = GeneratorConfig.from(values);
    values.requireValid(Keys.ALL, Keys.PASSED_ON);
    var begin = Instant.now();
    var generator = new AudioGenerator(generated, begin.minus(history));
    try (var publisher =
            Publisher.open(
                connection.catalog(), publishing, connection.registry(), connection.kafka());
        var feed =
            new GeneratorFeed(
                generator, publisher, InstantSource.system(), begin.plus(length))) {
      feed.start();
      feed.await();
      var out = spec.commandLine().getOut();
      feed.injections().forEach(out::println);
      out.printf(Locale.ROOT, "published %,d records%n", feed.published());
    }
    return 0;
  }

  private Map<String, String> named() {
    var named = new LinkedHashMap<String, String>();
    kafka.into(named);
    SettingsOptions.put(named, "generator.seed", seed);
    if (series != null) {
      requirePositive("--series", series);
      named.put("generator.stations", Integer.toString(stations()));
    }
    if (rate != null) {
      requirePositive("--rate", rate);
      var interval = Math.round(1_000 * seriesOrDefault() / rate);
      named.put("generator.interval_ms", Long.toString(Math.max(1, interval)));
    }
    return named;
  }

  private int stations() {
    return (series + AudioGenerator.SERIES_PER_STATION - 1) / AudioGenerator.SERIES_PER_STATION;
  }

  private int seriesOrDefault() {
    var stations =
        series == null
            ? Integer.parseInt(GeneratorConfig.STATIONS.defaultValue())
            : stations();
    return stations * AudioGenerator.SERIES_PER_STATION;
  }

  private void requirePositive(String option, Number value) {
    if (value.doubleValue() <= 0) {
      throw new ParameterException(
          spec.commandLine(), option + " must be above 0, not " + value);
    }
  }
}
