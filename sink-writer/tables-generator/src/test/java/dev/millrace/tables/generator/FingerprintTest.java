package dev.millrace.tables.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
  private static final String MIGRATION = "db/migration/hub/V1__a.sql";

  @TempDir private Path folder;

  @Test
  void changesWithTheContentAndTheNameOfAMigration() throws IOException {
    write(MIGRATION, "SELECT 1");
    var before = fingerprint(folder.toUri().toURL());

    write(MIGRATION, "SELECT 2");
    var edited = fingerprint(folder.toUri().toURL());
    Files.move(folder.resolve(MIGRATION), folder.resolve("db/migration/hub/V2__a.sql"));
    var renamed = fingerprint(folder.toUri().toURL());

    assertThat(new String[] {before, edited, renamed}).doesNotHaveDuplicates();
  }

  @Test
  void changesWithTheGenerator() throws IOException {
    write(MIGRATION, "SELECT 1");
    var before = fingerprint(folder.toUri().toURL());
    write("dev/millrace/tables/generator/ClassWriter.class", "other bytes");

    assertThat(fingerprint(folder.toUri().toURL())).isNotEqualTo(before);
  }

  @Test
  void isTheSameForAFolderAndItsJar() throws IOException {
    write(MIGRATION, "SELECT 1");

    assertThat(fingerprint(jarOfTheFolder())).isEqualTo(fingerprint(folder.toUri().toURL()));
  }

  @Test
  void isRefusedWhereThereAreNoMigrations() {
    assertThatThrownBy(() -> fingerprint(folder.toUri().toURL()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("db/migration");
  }

  private static String fingerprint(URL root) throws IOException {
    try (var classPath = new URLClassLoader(new URL[] {root}, null)) {
      return Fingerprint.of(classPath);
    }
  }

  private void write(String name, String content) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private URL jarOfTheFolder() throws IOException {
    var jar = Files.createTempFile(folder, "classes", ".jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (var name : new String[] {"db/", "db/migration/", "db/migration/hub/", MIGRATION}) {
        out.putNextEntry(new JarEntry(name));
        if (!name.endsWith("/")) {
          Files.copy(folder.resolve(name), out);
        }
      }
    }
    return jar.toUri().toURL();
  }
}
