package dev.millrace.sink.seeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The facts kept here are all the facts of the seeds. The seeds are no part of the project: where
 * they are not beside it, the facts are taken as they are.
 */
class SeedFactsTest {
  private static final Path SEEDS =
      Path.of(System.getProperty("millrace.seeds", "../../shared/seeds"));

  static List<SeedDocument> seeds() {
    return SeedDocument.ALL;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingASeedSaysIsLeftOut(SeedDocument seed) throws IOException {
    var lines = seed.read(document(seed)).stream().map(SeedFact::line).toList();
    if (Boolean.getBoolean("millrace.seeds.write")) {
      var resource = Path.of("src/test/resources/seeds/%s.tsv".formatted(seed.domain()));
      Files.write(resource, lines);
    }
    assertThat(SeedFacts.of(seed).stream().map(SeedFact::line))
        .as("after -Dmillrace.seeds.write=true the resource is written again")
        .containsExactlyElementsOf(lines);
  }

  private static String document(SeedDocument seed) throws IOException {
    if (!Files.isDirectory(SEEDS)) {
      var reason = "there are no seeds in " + SEEDS.toAbsolutePath().normalize();
      System.err.println("SKIPPED: " + reason);
      Assumptions.abort(reason);
    }
    try (var files = Files.list(SEEDS)) {
      var file = files.filter(path -> path.getFileName().toString().startsWith(seed.number()));
      return Files.readString(file.findFirst().orElseThrow());
    }
  }

  @Test
  void aFormThatIsNotKnownIsNotPassedOver() {
    assertThatThrownBy(() -> read("CREATE SEQUENCE s;")).hasMessageContaining("CREATE SEQUENCE s");
    assertThatThrownBy(() -> read("ALTER TABLE t DROP COLUMN c;"))
        .hasMessageContaining("DROP COLUMN");
  }

  @Test
  void aTableIsTakenApart() {
    assertThat(
            read(
                """
                CREATE TABLE t ( -- a table, isn't it
                  id BIGSERIAL PRIMARY KEY,
                  p TEXT NULL REFERENCES q(p) ON DELETE CASCADE,
                  n NUMERIC(5,2) NOT NULL DEFAULT 1 CHECK (n IN (1, 2)),
                  INDEX i (p, n),
                  CONSTRAINT u UNIQUE (p)
                ) PARTITION BY RANGE (n);"""))
        .isEqualTo(
            """
            table hub.t table
            column hub.t.id BIGSERIAL
            primary key hub.t (id)
            column hub.t.p TEXT
            foreign key hub.t (p) REFERENCES q(p) ON DELETE CASCADE
            column hub.t.n NUMERIC(5,2) NOT NULL DEFAULT 1
            check hub.t (n IN (1, 2))
            index hub.t.i (p, n)
            unique hub.t.u (p)
            partition column hub.t n""");
  }

  private static String read(String sql) {
    var seed = new SeedDocument("000", "hub", java.util.Set.of());
    return seed.read(sql).stream().map(SeedFact::toString).collect(Collectors.joining("\n"));
  }
}
