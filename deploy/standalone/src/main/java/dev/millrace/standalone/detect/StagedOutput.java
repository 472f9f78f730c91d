package dev.millrace.standalone.detect;

import java.io.BufferedWriter;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that appears under its name when all of it is written: until then it is beside it, with
 * {@value #PART} after the name, and if writing fails it is deleted. Standard output, and whatever
 * is there and no plain file, is written to at once. Not for use by several threads.
 */
public final class StagedOutput implements AutoCloseable {
  private static final String PART = ".part";
  private static final int BUFFER_CHARS = 1 << 16;

  private final Path path;
  private final Path written;
  private final Writer writer;

  private StagedOutput(Path path, Path written, Writer writer) {
    this.path = path;
    this.written = written;
    this.writer = new BufferedWriter(writer, BUFFER_CHARS);
  }

  /**
   * Opens it, and makes the folder it is in.
   *
   * @param standard where {@code -} goes; it stays open
   */
  public static StagedOutput open(Path path, PrintWriter standard) throws IOException {
    if (FilePairs.isStandard(path)) {
      return new StagedOutput(path, path, new Standard(standard));
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      return new StagedOutput(path, path, utf8(path));
    }
    var target = path.toAbsolutePath();
    Files.createDirectories(target.getParent());
    var part = target.resolveSibling(target.getFileName() + PART);
    return new StagedOutput(target, part, utf8(part));
  }

  private static Writer utf8(Path path) throws IOException {
    return new OutputStreamWriter(Files.newOutputStream(path), StandardCharsets.UTF_8);
  }

  public Writer writer() {
    return writer;
  }

  /** All is written: the file gets its name. */
  public void complete() throws IOException {
    writer.close();
    if (!written.equals(path)) {
      Files.move(written, path, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Deletes what was not completed. */
  @Override
  public void close() throws IOException {
    try {
      writer.close();
    } finally {
      if (!written.equals(path)) {
        Files.deleteIfExists(written);
      }
    }
  }

  /** Standard output: stays open, and says when nobody reads it any more. */
  private static final class Standard extends FilterWriter {
    private final PrintWriter standard;

    Standard(PrintWriter standard) {
      super(standard);
      this.standard = standard;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      standard.write(text, offset, length);
      if (standard.checkError()) {
        throw new IOException("standard output is closed");
      }
    }

    @Override
    public void close() {
      standard.flush();
    }
  }
}
