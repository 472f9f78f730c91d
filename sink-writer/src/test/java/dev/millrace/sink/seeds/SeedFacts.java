package dev.millrace.sink.seeds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the seeds say, from the resources {@code seeds/<domain>.tsv}. */
final class SeedFacts {
  private SeedFacts() {}

  static List<SeedFact> all() {
    return SeedDocument.ALL.stream().flatMap(seed -> of(seed).stream()).toList();
  }

  static List<SeedFact> of(SeedDocument seed) {
    return text("/seeds/%s.tsv".formatted(seed.domain())).lines().map(SeedFact::parse).toList();
  }

  static String text(String resource) {
    try (var stream = SeedFacts.class.getResourceAsStream(resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(resource, unreadable);
    }
  }
}
