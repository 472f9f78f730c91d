package dev.millrace.bench.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.bench.machine.Machine;
import dev.millrace.bench.report.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccuracyTest {
  private static final Finding.Differing NEVER = new Finding.Differing(0, 0);

  @ParameterizedTest
  @EnumSource
  void oursIsWithinItsBoundAndAFunctionOfTheValuesAlone(DataSet data) {
    for (var finding : new Accuracy(List.of(Sketch.OURS), 3).measure(data, 200, 10)) {
      assertThat(finding.windows()).isEqualTo(10);
      assertThat(finding.added().largestValue()).isLessThan(0.00505);
      assertThat(finding.merged()).isEqualTo(finding.added());
      assertThat(
              List.of(
                  finding.again(),
                  finding.stored(),
                  finding.reordered(),
                  finding.parted(),
                  finding.partsReordered()))
          .containsOnly(NEVER);
    }
  }

  @Test
  void whatDependsOnTheOrderIsSeen() {
    var finding = new Accuracy(List.of(Sketch.TDIGEST), 3).measure(DataSet.NORMAL, 5_000, 3).get(0);
    assertThat(finding.again()).isEqualTo(NEVER);
    assertThat(finding.stored().bytes()).isEqualTo(1);
    assertThat(finding.reordered().bytes()).isEqualTo(1);
    assertThat(finding.partsReordered().answers()).isEqualTo(1);
  }

  @Test
  void allSketchesSeeTheSameWindowsAndASeedRepeatsThem() {
    var both = new Accuracy(List.of(Sketch.DDSKETCH, Sketch.OURS), 5);
    var alone = new Accuracy(List.of(Sketch.OURS), 5);
    assertThat(both.measure(DataSet.LOGNORMAL, 100, 5).get(1))
        .isEqualTo(alone.measure(DataSet.LOGNORMAL, 100, 5).get(0));
  }

  @Test
  void aReportNamesWhatItIsOf() {
    var report =
        new SketchReport(
            Machine.here(),
            5,
            new Accuracy(List.of(Sketch.OURS), 5).measure(DataSet.HEAVY_TAIL, 60, 2),
            List.of(new Cost(Work.MERGE_5, Sketch.OURS, Samples.of(30, 10, 20))));
    assertThat(SketchTable.of(report)).contains("heavy tail", "ours", "20 (10-30)", "seed: 5");
    assertThat(report.json()).contains("\"heavy tail\"", "\"parts_reordered\"", "\"nanos\" : 20.0");
  }
}
