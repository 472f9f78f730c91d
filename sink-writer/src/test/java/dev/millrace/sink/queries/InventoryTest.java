package dev.millrace.sink.queries;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.sink.queries.Inventory.Entry;
import dev.millrace.sink.queries.Inventory.How;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The inventory leaves nothing of the seeds out. What is compared with the seeds themselves is so
 * where their folder lies beside the checkout; a clone of its own has the inventory alone.
 */
class InventoryTest {
  private static final int STATEMENTS = 101;
  private static final int QUERIES = 54;

  /** A line that a statement on rows begins on, or that has a query within. */
  private static final Pattern STATEMENT =
      Pattern.compile(
          "\\bSELECT\\b|^\\W*(WITH \\w+ AS|INSERT INTO|UPDATE \\w+\\s*$|DELETE FROM|COPY |CALL |EXPLAIN \\(|REFRESH )");

  private final List<Entry> entries = Inventory.entries();

  @Test
  void hasEveryStatementAndEveryQueryOnce() {
    assertThat(entries).hasSize(STATEMENTS);
    assertThat(entries.stream().map(Entry::query).filter(query -> query != null))
        .hasSize(QUERIES)
        .doesNotHaveDuplicates();
  }

  @Test
  void hasATextForEveryQueryAndNoOther() throws IOException {
    var folder = Path.of("src/test/resources/queries");
    try (var files = Files.walk(folder)) {
      assertThat(
              files
                  .filter(file -> file.toString().endsWith(".sql"))
                  .map(file -> folder.relativize(file).toString().replace(".sql", "")))
          .containsExactlyInAnyOrderElementsOf(
              entries.stream().map(Entry::query).filter(query -> query != null).toList());
    }
  }

  @Test
  void saysOfEveryMendedQueryWhatWasChanged() {
    assertThat(entries.stream().filter(entry -> entry.how() == How.MENDED).map(Entry::text))
        .allSatisfy(text -> assertThat(text).startsWith("-- Mended: "));
  }

  @Test
  void namesTheFirstLineOfEveryStatement() throws IOException {
    var seeds = seeds();
    assertThat(entries)
        .allSatisfy(
            entry ->
                assertThat(seeds.get(entry.seed()).get(entry.from() - 1).strip())
                    .as("seed %s, line %s", entry.seed(), entry.from())
                    .isEqualTo(entry.begins()));
  }

  @Test
  void leavesNoStatementOfTheSeedsOut() throws IOException {
    var left = new ArrayList<String>();
    seeds()
        .forEach(
            (seed, lines) -> {
              for (var line = 1; line <= lines.size(); line++) {
                if (STATEMENT.matcher(lines.get(line - 1)).find() && !listed(seed, line)) {
                  left.add("%s:%d %s".formatted(seed, line, lines.get(line - 1)));
                }
              }
            });
    assertThat(left).isEmpty();
  }

  @Test
  void hasTheWordsOfTheSeeds() throws IOException {
    var seeds = seeds();
    assertThat(entries.stream().filter(entry -> entry.how() == How.VERBATIM))
        .isNotEmpty()
        .allSatisfy(
            entry ->
                assertThat(stripped(entry.text().lines()))
                    .as(entry.query())
                    .isEqualTo(
                        stripped(
                            seeds
                                .get(entry.seed())
                                .subList(entry.from() - 1, entry.to())
                                .stream())));
  }

  private boolean listed(String seed, int line) {
    return entries.stream()
        .anyMatch(entry -> entry.seed().equals(seed) && entry.from() <= line && line <= entry.to());
  }

  private static String stripped(Stream<String> lines) {
    return lines.map(String::strip).collect(joining("\n"));
  }

  /** The lines of every seed by the number its name begins with. */
  private static Map<String, List<String>> seeds() throws IOException {
    var folder = folder();
    Assumptions.assumeTrue(folder.isPresent(), "the seeds are not beside this checkout");
    try (var files = Files.list(folder.get())) {
      return files
          .filter(file -> file.toString().endsWith(".txt"))
          .collect(
              toMap(file -> file.getFileName().toString().substring(0, 3), InventoryTest::lines));
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private static Optional<Path> folder() {
    return Stream.iterate(Path.of("").toAbsolutePath(), at -> at != null, Path::getParent)
        .map(at -> at.resolve("shared/seeds"))
        .filter(Files::isDirectory)
        .findFirst();
  }
}
