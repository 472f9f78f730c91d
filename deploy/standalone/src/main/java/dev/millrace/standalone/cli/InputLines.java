package dev.millrace.standalone.cli;

import dev.millrace.config.ConfigFailure;
import dev.millrace.failure.MillraceException;
import dev.millrace.producer.source.SourceFormat;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The text a command reads, from a file or standard input, counting its bytes as they go by. */
final class InputLines implements AutoCloseable {
  private static final int LONGEST_HEADER = 1 << 16;

  private final BufferedReader reader;
  private final Counting bytes;
  private final long size;

  private InputLines(InputStream input, long size) {
    this.bytes = new Counting(input);
    this.reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    this.size = size;
  }

  /**
   * Opens a file, or standard input for {@code -}.
   *
   * @throws MillraceException {@link ConfigFailure#UNREADABLE_FILE}
   */
  static InputLines open(Path path) {
    if (path.toString().equals("-")) {
      return new InputLines(System.in, -1);
    }
    try {
      return new InputLines(Files.newInputStream(path), Files.size(path));
    } catch (IOException unreadable) {
      throw new MillraceException(
          ConfigFailure.UNREADABLE_FILE,
          "cannot read %s: %s"
              .formatted(path, Files.exists(path) ? unreadable.getMessage() : "no such file"),
          unreadable);
    }
  }

  BufferedReader reader() {
    return reader;
  }

  /** The header line, where the format has one; it stays to be read. */
  Optional<String> header(SourceFormat format) throws IOException {
    if (format != SourceFormat.CSV) {
      return Optional.empty();
    }
    reader.mark(LONGEST_HEADER);
    var header = Optional.ofNullable(reader.readLine());
    reader.reset();
    return header;
  }

  /** Size in bytes; -1 where nobody knows. */
  long size() {
    return size;
  }

  /** Bytes taken from the input so far. */
  long read() {
    return bytes.count;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream input) {
      super(input);
    }

    @Override
    public int read() throws IOException {
      var value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      var read = super.read(target, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
