package dev.millrace.standalone.detect;

import dev.millrace.failure.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which file is read into which. A path that is {@code -} is standard input or output. */
public final class FilePairs {
  private static final String ENDING = ".csv";

  private FilePairs() {}

  /** What is read, and where the answer goes. */
  public record Pair(Path input, Path output) {}

  /**
   * One pair; or, of a folder, one for every CSV file in it and below, into the same place of the
   * other folder.
   *
   * @throws MillraceException {@link DetectFailure#UNFIT_FILES}
   */
  public static List<Pair> of(Path input, Path output) {
    if (!Files.isDirectory(input)) {
      return List.of(pair(input, Files.isDirectory(output) ? inside(output, input) : output));
    }
    if (isStandard(output) || Files.isRegularFile(output)) {
      throw unfit("%s is a folder; name a folder to write to, not %s".formatted(input, output));
    }
    var from = input.toAbsolutePath().normalize();
    if (output.toAbsolutePath().normalize().startsWith(from)) {
      throw unfit("%s would be read by the next run: it lies in %s".formatted(output, input));
    }
    var pairs =
        files(input).stream()
            .map(file -> pair(file, output.resolve(input.relativize(file))))
            .toList();
    if (pairs.isEmpty()) {
      throw unfit("there is no file that ends with %s in %s".formatted(ENDING, input));
    }
    return pairs;
  }

  static boolean isStandard(Path path) {
    return path.toString().equals("-");
  }

  private static Path inside(Path folder, Path input) {
    if (isStandard(input)) {
      throw unfit(
          "%s is a folder; name a file to write standard input's rows to".formatted(folder));
    }
    return folder.resolve(input.getFileName());
  }

  private static Pair pair(Path input, Path output) {
    try {
      if (Files.exists(output) && Files.exists(input) && Files.isSameFile(input, output)) {
        throw unfit("%s would be read and written at once; name another output".formatted(input));
      }
      return new Pair(input, output);
    } catch (IOException unreadable) {
      throw unfit(
          "cannot tell whether %s and %s are one file: %s".formatted(input, output, unreadable));
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(FilePairs::isCsv).sorted().toList();
    } catch (IOException unreadable) {
      throw unfit("cannot read the folder %s: %s".formatted(folder, unreadable));
    }
  }

  private static boolean isCsv(Path path) {
    return path.toString().toLowerCase(Locale.ROOT).endsWith(ENDING) && Files.isRegularFile(path);
  }

  private static MillraceException unfit(String message) {
    return new MillraceException(DetectFailure.UNFIT_FILES, message);
  }
}
