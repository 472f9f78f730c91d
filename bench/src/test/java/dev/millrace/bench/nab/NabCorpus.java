package dev.millrace.bench.nab;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.schema.text.EpochTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A part of the Numenta Anomaly Benchmark that lies beside the project: series, and windows in
 * which people have seen an anomaly.
 */
final class NabCorpus {
  private static final String PLACE = "shared/nab";

  private final Path folder;
  private final Map<String, List<List<String>>> windows;

  private NabCorpus(Path folder) throws IOException {
    this.folder = folder;
    this.windows =
        new ObjectMapper()
            .readValue(folder.resolve("combined_windows.json").toFile(), new TypeReference<>() {});
  }

  /** The corpus in a folder named {@value #PLACE} beside the project or above. */
  static Optional<NabCorpus> find() throws IOException {
    for (var above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
      if (Files.isDirectory(above.resolve(PLACE))) {
        return Optional.of(new NabCorpus(above.resolve(PLACE)));
      }
    }
    return Optional.empty();
  }

  Path data() {
    return folder.resolve("data");
  }

  /** The series, as paths below {@link #data}. */
  List<String> files() throws IOException {
    return Files.readAllLines(folder.resolve("public.txt")).stream()
        .filter(line -> !line.isBlank())
        .toList();
  }

  /** Begins and ends of the windows of a series, both inclusive, in microseconds. */
  List<long[]> windows(String file) {
    return windows.get(file).stream()
        .map(
            window ->
                new long[] {
                  EpochTime.parseMicros(window.get(0)), EpochTime.parseMicros(window.get(1))
                })
        .toList();
  }
}
