package dev.millrace.sink.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The deliberate differences from the seeds: the {@code diff} blocks of a page of the docs, each
 * below the paragraph that gives its reason. A block of {@code diff postgresql} holds where there
 * is no TimescaleDB.
 */
final class Differences {
  static final Path PAGE = Path.of("../docs/schema/differences.md");
  private static final String OPEN = "```diff";
  private static final String OPEN_WITHOUT_TIMESCALE = OPEN + " postgresql";
  private static final String CLOSE = "```";

  private Differences() {}

  static List<String> listed(boolean timescale) {
    var differences = new ArrayList<String>();
    var inside = false;
    var holds = true;
    var reason = "";
    for (var line : lines()) {
      if (line.equals(OPEN) || line.equals(OPEN_WITHOUT_TIMESCALE)) {
        assertThat(reason).as("reason above a block of %s", PAGE).isNotBlank();
        inside = true;
        holds = line.equals(OPEN) || !timescale;
      } else if (inside && line.equals(CLOSE)) {
        inside = false;
        reason = "";
      } else if (inside && holds) {
        differences.add(line);
      } else if (!inside) {
        reason = line.isBlank() ? reason : line.startsWith("#") ? "" : line;
      }
    }
    return differences;
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(PAGE);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(PAGE.toString(), unreadable);
    }
  }
}
