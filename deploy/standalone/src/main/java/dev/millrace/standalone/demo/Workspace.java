package dev.millrace.standalone.demo;

import dev.millrace.failure.MillraceException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * The folder of one demo: kept where the caller named it, removed at the end where not.
 *
 * @param root the folder
 * @param kept whether it outlives the demo
 */
record Workspace(Path root, boolean kept) implements AutoCloseable {

  /** A folder that is kept, or a fresh one that is removed. */
  static Workspace of(Optional<Path> dataDir) {
    try {
      return dataDir.isPresent()
          ? new Workspace(Files.createDirectories(dataDir.get()), true)
          : new Workspace(Files.createTempDirectory("millrace-demo-"), false);
    } catch (IOException refused) {
      throw new MillraceException(
          DemoFailure.DATA_DIR_UNUSABLE,
          "cannot create the data folder %s; choose another with --data-dir"
              .formatted(refused.getMessage()),
          refused);
    }
  }

  Path folder(String name) {
    return root.resolve(name);
  }

  @Override
  public void close() throws IOException {
    if (!kept && Files.exists(root)) {
      Files.walkFileTree(root, new Remover());
    }
  }

  private static final class Remover extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failed) throws IOException {
      if (failed != null) {
        throw failed;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
