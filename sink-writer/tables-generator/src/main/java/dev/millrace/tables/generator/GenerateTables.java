package dev.millrace.tables.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the build calls: writes a class for every table and function of a freshly migrated database.
 * One thread; a failure of any step fails the build.
 *
 * <p>Where nothing has changed that the classes are made from, it reads the migrations (some 10 ms)
 * and leaves the classes as they are, so that nothing is compiled again. Else it takes about five
 * seconds, most of them the start of the database and its migrations.
 */
public final class GenerateTables {
  private static final String MADE_FROM = "made-from.sha256";

  private GenerateTables() {}

  /**
   * Runs it.
   *
   * @param arguments the folder of the sources; created if it is not there
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("name one folder, for the sources");
    }
    generate(Path.of(arguments[0]));
  }

  private static void generate(Path folder) throws Exception {
    var stamp = folder.resolve(MADE_FROM);
    var now = Fingerprint.of(GenerateTables.class.getClassLoader());
    if (now.equals(read(stamp))) {
      return;
    }
    // Only behind whole work may it stand.
    Files.deleteIfExists(stamp);
    Files.createDirectories(folder);
    try (var database = MigratedDatabase.start();
        var connection = database.connect()) {
      ClassWriter.write(connection, folder);
    }
    Files.writeString(stamp, now);
  }

  private static String read(Path stamp) throws IOException {
    return Files.exists(stamp) ? Files.readString(stamp) : "";
  }
}
