package dev.millrace.bench.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.bench.report.Figure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Few series, few samples: that it measures. What it measures is not judged here. */
class StateSuiteIT {
  private static final int SERIES = 200;
  private static final int SAMPLES = 20;

  @TempDir Path folder;

  @Test
  @Timeout(120)
  void findsWhatTheStateCostsAndRestoresAllOfIt() {
    var size = new StateSuite.Size(SERIES, SAMPLES, 2_000, 1, false);

    var figures = new StateSuite(folder, size, System.out::println).measure();

    assertThat(figures)
        .extracting(Figure::name)
        .containsExactly("heap", "changelog", "written", "start", "restore");
    // So few series are less than what else comes and goes on a heap.
    assertThat(figures.subList(1, figures.size()))
        .allSatisfy(figure -> assertThat(figure.samples().median()).isPositive());
    // A key of a series' windows, and at least that of its baseline.
    var kept = (Long) detail(figures, "changelog", "records");
    assertThat(kept).isGreaterThanOrEqualTo(2 * SERIES);
    assertThat((Double) detail(figures, "restore", "records")).isGreaterThanOrEqualTo(kept);
  }

  private static Object detail(List<Figure> figures, String name, String detail) {
    return figures.stream()
        .filter(figure -> figure.name().equals(name))
        .findFirst()
        .orElseThrow()
        .details()
        .get(detail);
  }
}
