package dev.millrace.bench.load;

import dev.millrace.schema.RecordType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.avro.generic.IndexedRecord;

/** Rows of one record type in a file, as {@code \copy … (format binary)} reads it. One thread. */
public final class CopyFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path path;
  private final CopyRows encoded;
  private final OutputStream out;

  /**
   * Begins a file.
   *
   * @param connection to look at the table's columns by; not kept
   */
  public CopyFile(Path path, Connection connection, RecordType type) throws SQLException {
    this.path = path;
    this.encoded = new CopyRows(connection, type);
    try {
      this.out = new BufferedOutputStream(Files.newOutputStream(path), BUFFER_BYTES);
      out.write(CopyRows.HEADER);
    } catch (IOException refused) {
      throw new UncheckedIOException("cannot write " + path, refused);
    }
  }

  /** Adds one row. */
  public void add(IndexedRecord row) {
    encoded.add(row);
    try {
      out.write(encoded.memory(), 0, encoded.bytes());
    } catch (IOException refused) {
      throw new UncheckedIOException("cannot write " + path, refused);
    }
    encoded.clear();
  }

  public Path path() {
    return path;
  }

  /** The table and its columns in the order of the rows, as COPY names them. */
  public String target() {
    return encoded.target();
  }

  @Override
  public void close() {
    try (out) {
      out.write(CopyRows.TRAILER);
    } catch (IOException refused) {
      throw new UncheckedIOException("cannot write " + path, refused);
    }
  }
}
