package dev.millrace.bench.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.producer.source.CsvColumns;
import dev.millrace.schema.text.EpochTime;
import dev.millrace.standalone.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code detect} finds in series that nobody here made, by labels that nobody here set. The
 * corpus is no part of the project: where it is not beside it, the test is skipped.
 */
class NabTest {
  private static final double STANDARD = 0.11;
  private static final double LOW_FALSE_ALARMS = 0.22;

  @Test
  void findsWhatPeopleHaveLabelled(@TempDir Path folder) throws IOException {
    var corpus = corpus();
    assertThat(
            Main.commandLine()
                .execute(
                    "detect",
                    "--input",
                    corpus.data().toString(),
                    "--output",
                    folder.toString(),
                    "--config",
                    "nab.properties"))
        .isZero();
    var score = new NabScore();
    for (var file : corpus.files()) {
      add(folder.resolve(file), corpus.windows(file), score);
    }
    assertThat(score.of(1, STANDARD)).as("standard").isGreaterThanOrEqualTo(60);
    assertThat(score.of(1, LOW_FALSE_ALARMS)).as("low FP").isGreaterThanOrEqualTo(50);
  }

  private static NabCorpus corpus() throws IOException {
    var found = NabCorpus.find();
    if (found.isEmpty()) {
      var reason = "there is no shared/nab beside the project";
      System.err.println("SKIPPED: " + reason);
      Assumptions.abort(reason);
    }
    return found.get();
  }

  private static void add(Path file, List<long[]> windows, NabScore score) throws IOException {
    var times = new ArrayList<Long>();
    var scores = new ArrayList<Double>();
    try (var rows =
        CsvColumns.open(Files.newBufferedReader(file), List.of("timestamp", "anomaly_score"))) {
      while (rows.next()) {
        times.add(EpochTime.parseMicros(rows.value(0)));
        scores.add(Double.parseDouble(rows.value(1)));
      }
    }
    score.add(times, scores, windows);
  }

  @Test
  void silenceScoresNothingAndTheFirstRowsOfAllWindowsEverything() {
    assertThat(scored()).isEqualTo(0.0);
    assertThat(scored(40, 70)).isEqualTo(100.0);
    assertThat(scored(40)).isCloseTo(50, within(1e-9));
    assertThat(scored(49, 70)).as("late").isCloseTo(81.2, within(0.1));
    assertThat(scored(40, 70, 20)).as("with one before any window").isCloseTo(97.25, within(1e-9));
    assertThat(scored(40, 70, 50)).as("with one right behind").isBetween(97.25, 99.9);
    assertThat(scored(40, 70, 5)).as("with one in the probation").isEqualTo(100.0);
  }

  /** Of 100 rows with two windows of ten, from 40 and 70 on, and these rows told. */
  private static double scored(int... told) {
    var times = new ArrayList<Long>();
    var scores = new ArrayList<Double>();
    for (var i = 0L; i < 100; i++) {
      times.add(i);
      scores.add(0.0);
    }
    for (var row : told) {
      scores.set(row, 0.9);
    }
    var score = new NabScore();
    score.add(times, scores, List.of(new long[] {70, 79}, new long[] {40, 49}));
    return score.of(1, STANDARD);
  }
}
