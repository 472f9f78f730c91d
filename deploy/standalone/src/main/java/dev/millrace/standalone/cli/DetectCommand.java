package dev.millrace.standalone.cli;

import dev.millrace.aggregate.DetectionConfig;
import dev.millrace.failure.MillraceException;
import dev.millrace.standalone.detect.CsvDetection;
import dev.millrace.standalone.detect.DetectFailure;
import dev.millrace.standalone.detect.FilePairs;
import dev.millrace.standalone.detect.StagedOutput;
import dev.millrace.standalone.detect.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Judges the series of CSV files. */
@Command(
    name = "detect",
    description = {
      "Judge the values of a CSV file with the aggregator's own code: how rare is each of them, and which"
          + " are part of an anomaly? Without Kafka, a million rows in seconds.",
      "A file is one series, and each row counts as a window that ends where the next one usually begins."
          + " A row is judged by the rows before it alone."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nOutput: a row for every row read, times and values as they were, with%n",
    footer = {
      "  anomaly_score  0 to 1: how rare it is in its series, half of that where it is no warning, or is no",
      "                 rarer than what was alarmed of within the cool-down. From aggregator.open_score",
      "                 on it opens an incident.",
      "  expected       mean of the baseline it was judged by; empty while nothing is expected yet",
      "  lower, upper   what is beyond is a warning (aggregator.warning_sigma)",
      "  sigma          standard deviations above what is expected, or below",
      "  type           of the incident that is open: spike, drop, trend, flatline, oscillation; on the row",
      "                 that ends it, level_change if its level is the new normal; on the first row after a",
      "                 gap, missing. A gap is longer than four times what nine of ten of the latest 99",
      "                 distances between rows are within.",
      "A row whose value is empty or no number, or that is not later than one before it, is not judged:",
      "its score is 0, the rest empty. How many there were is said on stderr.",
      "",
      "Settings are the aggregator's, aggregator.* in docs/configuration.md. Of its defaults, cool-down and",
      "level change are made for windows of 5 s; for rows minutes apart take longer ones, as here. There an",
      "aggregator.open_score of 0.5 finds more, and raises more than ten times as many false alarms.",
      "",
      "Example:",
      "  ./millrace detect --input nyc_taxi.csv --output judged.csv \\",
      "      -D aggregator.cool_down_ms=86400000 -D aggregator.level_change_ms=86400000",
      "  ./millrace detect --input folder --output judged --config detect.properties",
      "  zcat cpu.csv.gz | ./millrace detect --time-column when --value-column pct > judged.csv"
    })
final class DetectCommand implements Callable<Integer> {
  @Mixin private SettingsOptions settings;
  @Spec private CommandSpec spec;

  @Option(
      names = "--input",
      paramLabel = "PATH",
      defaultValue = "-",
      description =
          "A CSV file with a header; a folder, of which every *.csv is read, below it too; - is standard"
              + " input, the default.")
  private Path input;

  @Option(
      names = "--output",
      paramLabel = "PATH",
      defaultValue = "-",
      description =
          "A file, which appears once it is complete; for a folder another folder; - is standard output,"
              + " the default.")
  private Path output;

  @Option(
      names = "--time-column",
      paramLabel = "NAME",
      defaultValue = "timestamp",
      description =
          "Column of the time: ISO 8601, with a blank for the T if you like, UTC unless it says otherwise;"
              + " or an epoch number. Default: ${DEFAULT-VALUE}.")
  private String timeColumn;

  @Option(
      names = "--value-column",
      paramLabel = "NAME",
      defaultValue = "value",
      description = "Column of the value. Default: ${DEFAULT-VALUE}.")
  private String valueColumn;

  @Override
  public Integer call() {
    var values = settings.settings(Map.of());
    var config = DetectionConfig.from(values);
    values.requireValid(Keys.ALL, Keys.PASSED_ON);
    var pairs = FilePairs.of(input, output);
    var tally = pairs.stream().map(pair -> detect(pair, config)).reduce(Tally.NONE, Tally::plus);
    report(tally, pairs);
    return 0;
  }

  private Tally detect(FilePairs.Pair pair, DetectionConfig config) {
    var name = pair.input().toString().equals("-") ? "standard input" : pair.input().toString();
    try (var lines = InputLines.open(pair.input());
        var file = StagedOutput.open(pair.output(), spec.commandLine().getOut())) {
      var tally =
          new CsvDetection(name, config)
              .run(lines.reader(), timeColumn, valueColumn, file.writer());
      file.complete();
      return tally;
    } catch (IOException failed) {
      throw new MillraceException(
          DetectFailure.UNWRITABLE_OUTPUT,
          "cannot write %s: %s".formatted(pair.output(), failed),
          failed);
    }
  }

  private void report(Tally tally, List<FilePairs.Pair> pairs) {
    var text = new StringBuilder();
    text.append(count(pairs.size(), "file")).append(", ").append(count(tally.rows(), "row"));
    text.append(", ").append(count(tally.incidents(), "incident"));
    if (tally.withoutNumber() > 0) {
      text.append("; not judged: ")
          .append(count(tally.withoutNumber(), "row"))
          .append(" whose value is empty or no number");
    }
    if (tally.notLater() > 0) {
      text.append("; not judged: ")
          .append(count(tally.notLater(), "row"))
          .append(" not later than one before");
    }
    spec.commandLine().getErr().println("millrace: " + text);
  }

  private static String count(long number, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
  }
}
