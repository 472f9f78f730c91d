package dev.millrace.embedded;

import dev.millrace.failure.MillraceException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Where a server keeps its data, and whether the data outlives it.
 *
 * @param path an existing folder
 * @param temporary whether {@link #close} removes it
 */
record DataFolder(Path path, boolean temporary) implements AutoCloseable {

  /** A folder that stays; created if it is not there. */
  static DataFolder kept(Path path) {
    try {
      return new DataFolder(Files.createDirectories(path.toAbsolutePath().normalize()), false);
    } catch (IOException refused) {
      throw unusable(path, refused);
    }
  }

  /** A new folder that goes with its server. */
  static DataFolder temporary(String prefix) {
    try {
      return new DataFolder(Files.createTempDirectory(prefix), true);
    } catch (IOException refused) {
      throw unusable(Path.of(System.getProperty("java.io.tmpdir")), refused);
    }
  }

  @Override
  public void close() {
    if (!temporary) {
      return;
    }
    try {
      Files.walkFileTree(path, new Deletion());
    } catch (IOException refused) {
      throw unusable(path, refused);
    }
  }

  private static MillraceException unusable(Path path, IOException cause) {
    return new MillraceException(
        EmbeddedFailure.UNUSABLE_DATA,
        "the data folder %s cannot be used (%s); name one that this user may write to"
            .formatted(path, cause),
        cause);
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (Files.exists(file)) {
        throw failure;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
