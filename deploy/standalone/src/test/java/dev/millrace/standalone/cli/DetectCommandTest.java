package dev.millrace.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.standalone.Main;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectCommandTest {
  private static final String HEADER =
      "timestamp,value,anomaly_score,expected,lower,upper,sigma,type";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Random random = new Random(1);

  @TempDir private Path folder;

  @Test
  void everyRowIsAnsweredAndASpikeStandsOut() throws IOException {
    var lines = series(400);
    lines.set(390, lines.get(390).replaceFirst(",.*", ",250"));
    assertThat(run("--input", write("in.csv", lines), "--output", path("out.csv"))).isZero();
    var rows = read("out.csv");
    assertThat(rows).hasSize(401).first().isEqualTo(HEADER);
    for (var i = 1; i <= 400; i++) {
      assertThat(rows.get(i)).startsWith(lines.get(i) + ",");
      assertThat(rows.get(i).split(",", -1)).hasSize(8);
    }
    assertThat(rows.get(1)).endsWith(",0,,,,,");
    assertThat(rows.get(390)).endsWith(",spike");
    assertThat(score(rows.get(390))).isGreaterThan(0.65);
    assertThat(score(rows.get(389))).isLessThan(0.65);
    assertThat(err.toString()).isEqualTo("millrace: 1 file, 400 rows, 1 incident\n");
    assertThat(folder.resolve("out.csv.part")).doesNotExist();
  }

  @Test
  void rowsThatAreNotJudgedAreWrittenAndCounted() throws IOException {
    var lines =
        List.of(
            "timestamp,value",
            "2026-01-01T00:00:00+01:00,1",
            "2025-12-31 23:00:00,2",
            "2025-12-31 22:00:00.123456,3",
            "1767225600,",
            "1767225601,n/a",
            "1767225602,NaN",
            "1767225603,4");
    assertThat(run("--input", write("in.csv", lines))).isZero();
    assertThat(out.toString().lines().skip(1))
        .containsExactlyElementsOf(lines.stream().skip(1).map(line -> line + ",0,,,,,").toList());
    assertThat(err.toString())
        .isEqualTo(
            "millrace: 1 file, 7 rows, 0 incidents; not judged: 3 rows whose value is empty or no"
                + " number; not judged: 2 rows not later than one before\n");
  }

  @Test
  void columnsAreNamedAndQuotesKept() throws IOException {
    var input =
        write("in.csv", List.of("a,v,t", "x,\"1,5\",\"2026-01-01\"", "x,\"a\"\"b\",2026-01-02"));
    assertThat(run("--input", input, "--time-column", "t", "--value-column", "v")).isZero();
    assertThat(out.toString())
        .isEqualTo(HEADER + "\n2026-01-01,\"1,5\",0,,,,,\n2026-01-02,\"a\"\"b\",0,,,,,\n");
  }

  @Test
  void aTimeThatIsNoneIsNamedWithItsLineAndNothingIsWritten() throws IOException {
    var input = write("in.csv", List.of("timestamp,value", "2026-01-01,1", "soon,2"));
    assertThat(run("--input", input, "--output", path("out.csv"))).isEqualTo(CommandErrors.DATA);
    assertThat(err.toString()).contains(input + ", line 3: 'soon' is no time");
    assertThat(folder.resolve("out.csv")).doesNotExist();
    assertThat(folder.resolve("out.csv.part")).doesNotExist();
  }

  @Test
  void aColumnThatIsNotThereIsNamedWithTheNearest() throws IOException {
    var input = write("in.csv", List.of("timestamp,valeu", "2026-01-01,1"));
    assertThat(run("--input", input)).isEqualTo(CommandErrors.CONFIGURATION);
    assertThat(err.toString())
        .contains(input + ": column 'value' is not in the header, did you mean 'valeu'?");
  }

  @Test
  void aFolderIsReadWithWhatIsBelow() throws IOException {
    write("data/a.csv", series(3));
    write("data/deep/er/b.CSV", series(3));
    write("data/notes.txt", List.of("no series"));
    assertThat(run("--input", path("data"), "--output", path("judged"))).isZero();
    assertThat(read("judged/a.csv")).hasSize(4);
    assertThat(read("judged/deep/er/b.CSV")).hasSize(4);
    assertThat(folder.resolve("judged/notes.txt")).doesNotExist();
    assertThat(err.toString()).startsWith("millrace: 2 files, 6 rows, 0 incidents");
  }

  @Test
  void filesThatDoNotGoTogetherAreRefused() throws IOException {
    var input = write("data/a.csv", series(3));
    assertRefused(path("data"), "-", "is a folder; name a folder to write to");
    assertRefused(path("data"), path("data/out"), "would be read by the next run");
    assertRefused(input, input, "read and written at once");
    assertRefused(path("data/a.csv"), path("data"), "read and written at once");
    write("empty/notes.txt", List.of());
    assertRefused(path("empty"), path("out"), "there is no file that ends with .csv");
    assertRefused(path("nowhere.csv"), path("out"), "no such file");
    assertThat(Files.readAllLines(Path.of(input))).as("the input").hasSize(4);
  }

  @Test
  void settingsAreTheAggregators() throws IOException {
    var lines = series(400);
    lines.set(390, lines.get(390).replaceFirst(",.*", ",250"));
    var input = write("in.csv", lines);
    var config = write("my.properties", List.of("aggregator.direction=down"));
    assertThat(run("--input", input, "--config", config)).isZero();
    assertThat(err.toString()).contains("0 incidents");
    assertThat(run("--input", input, "--config", config, "-D", "aggregator.direction=up")).isZero();
    assertThat(err.toString()).contains("1 incident");
    assertThat(run("--input", input, "-D", "aggregator.direction=left"))
        .isEqualTo(CommandErrors.CONFIGURATION);
    assertThat(run("--input", input, "-D", "aggregator.open_skore=1"))
        .isEqualTo(CommandErrors.CONFIGURATION);
    assertThat(err.toString()).contains("did you mean 'aggregator.open_score'");
  }

  @Test
  void standardInputIsReadAndStandardOutputWritten() {
    var before = System.in;
    var text = String.join("\n", series(3));
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(run()).isZero();
    } finally {
      System.setIn(before);
    }
    assertThat(out.toString().lines()).hasSize(4);
  }

  private void assertRefused(String input, String output, String why) {
    assertThat(run("--input", input, "--output", output)).isEqualTo(CommandErrors.CONFIGURATION);
    assertThat(err.toString()).contains(why).doesNotContain("\tat ");
  }

  private List<String> series(int rows) {
    var lines = new ArrayList<>(List.of("timestamp,value"));
    for (var i = 0; i < rows; i++) {
      var time = Instant.EPOCH.plusSeconds(300L * i);
      lines.add("%s,%s".formatted(time, 100 + random.nextGaussian()));
    }
    return lines;
  }

  private static double score(String row) {
    return Double.parseDouble(row.split(",", -1)[2]);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private String write(String name, List<String> lines) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, lines).toString();
  }

  private List<String> read(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name));
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    var all = new ArrayList<>(List.of("detect"));
    all.addAll(List.of(arguments));
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }
}
