package dev.millrace.standalone.cli;

import dev.millrace.config.ConfigFailure;
import dev.millrace.failure.MillraceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The bad lines of an input: each reported, counted and, where asked for, kept in a file as it was.
 * Safe for use by several threads.
 */
final class Rejects implements AutoCloseable {
  private final PrintWriter report;
  private final Writer kept;
  private long count;

  private Rejects(PrintWriter report, Writer kept) {
    this.report = report;
    this.kept = kept;
  }

  /**
   * Opens the file.
   *
   * @param header first line of the file, so that it can be mended and published again
   */
  static Rejects to(Optional<Path> file, Optional<String> header, PrintWriter report) {
    if (file.isEmpty()) {
      return new Rejects(report, Writer.nullWriter());
    }
    try {
      var writer = Files.newBufferedWriter(file.get());
      writer.write(header.map(line -> line + "\n").orElse(""));
      return new Rejects(report, writer);
    } catch (IOException refused) {
      throw new MillraceException(
          ConfigFailure.UNREADABLE_FILE,
          "cannot write --dead-letter %s: %s".formatted(file.get(), refused.getMessage()),
          refused);
    }
  }

  synchronized void add(long line, String raw, String reason) {
    count++;
    report.println("line " + line + ": " + reason);
    try {
      kept.write(raw + "\n");
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot keep bad line " + line, failed);
    }
  }

  synchronized long count() {
    return count;
  }

  @Override
  public synchronized void close() throws IOException {
    report.flush();
    kept.close();
  }
}
