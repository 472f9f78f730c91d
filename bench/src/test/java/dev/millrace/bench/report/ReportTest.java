package dev.millrace.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.bench.machine.Machine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Machine MACHINE = new Machine(Map.of("cpu", "2 cores"));

  private final Comparison faster =
      new Comparison(
          "copy",
          "rows/s",
          Samples.of(120_000, 100_000, 110_000),
          Samples.of(50_000, 55_000, 60_000),
          "inserts",
          Target.atLeast(1.5),
          Map.of("cpu_s", 7));

  private final Comparison slow =
      Comparison.withLimit("recent", "ms", Samples.of(20, 30, 40), 25, Map.of());

  @Test
  void ratioIsOfTheMediansAndSpreadIsOfTheRounds() {
    assertThat(faster.ratio()).isEqualTo(2);
    assertThat(faster.ratios().min()).isEqualTo(100_000 / 55_000.0);
    assertThat(faster.ratios().max()).isEqualTo(2.4);
    assertThat(slow.ratio()).isEqualTo(1.2);
    assertThat(slow.ratios()).isEqualTo(Samples.of(0.8, 1.2, 1.6));
  }

  @Test
  void judgesByTheDirectionOfTheTarget() {
    assertThat(faster.met()).isTrue();
    assertThat(slow.met()).isFalse();
    assertThat(Target.atMost(1).met(1)).isTrue();
    assertThat(Target.atLeast(2).met(1.99)).isFalse();
    assertThat(Target.none().met(Double.MAX_VALUE)).isTrue();
    assertThat(new Report("b", MACHINE, 3, List.of(faster)).met()).isTrue();
    assertThat(new Report("b", MACHINE, 3, List.of(faster, slow)).met()).isFalse();
  }

  @Test
  void refusesRoundsWithoutACounterpart() {
    assertThatThrownBy(
            () ->
                new Comparison(
                    "x", "s", Samples.of(1, 2, 3), Samples.of(1, 2), "y", Target.none(), Map.of()))
        .hasMessage("x has 3 samples of ours and 2 of y");
  }

  @Test
  void isJsonForPrograms() throws Exception {
    var json = ReportJson.of(new Report("schema", MACHINE, 3, List.of(faster)));
    assertThat(new ObjectMapper().readTree(json))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"benchmark": "schema", "machine": {"cpu": "2 cores"}, "rounds": 3, "results": [
                      {"name": "copy", "ours": 110000.0, "other": 55000.0, "other_name": "inserts",
                       "unit": "rows/s", "ratio": 2.0, "target": ">= 1.50", "met": true,
                       "spread": [1.818, 2.4], "details": {"cpu_s": 7}}]}
                    """));
  }

  @Test
  void isATableForPeople() {
    assertThat(ReportTable.of(new Report("schema", MACHINE, 3, List.of(faster, slow))).lines())
        .containsExactly(
            "cpu: 2 cores",
            "rounds: 3",
            "",
            "           ours   other           unit    ratio  spread     target",
            "copy    110,000  55,000  inserts  rows/s   2.00  1.82-2.40  >= 1.50  cpu_s 7",
            "recent    30.00   25.00  limit    ms       1.20  0.80-1.60  <= 1.00  MISSED");
  }

  @Test
  void figuresStandAlone() throws Exception {
    var restore = new Figure("restore", "s", Samples.of(3, 1, 2.5), Map.of("series", 10));
    var heap = new Figure("heap", "bytes", Samples.of(4_321), Map.of());
    var figures = new Figures("state", MACHINE, 3, List.of(restore, heap));

    assertThat(ReportTable.of(figures).lines())
        .containsExactly(
            "cpu: 2 cores",
            "rounds: 3",
            "",
            "         median  unit   spread",
            "restore    2.50  s      1.00-3.00  series 10",
            "heap      4,321  bytes  -");
    assertThat(new ObjectMapper().readTree(ReportJson.of(figures)).get("results").get(0))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"name": "restore", "median": 2.5, "unit": "s", "spread": [1.0, 3.0],
                     "details": {"series": 10}}
                    """));
  }
}
