package dev.millrace.sink.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** SQL that lies beside the class that runs it. */
public final class SqlFile {

  private SqlFile() {}

  /** The text of the file of this name in the package of {@code beside}. */
  public static String read(Class<?> beside, String name) {
    try (var file = beside.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + name, unreadable);
    }
  }
}
