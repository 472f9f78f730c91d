package dev.millrace.tables.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateTablesTest {
  @TempDir private Path folder;

  @Test
  void leavesClassesAloneThatAreMadeFromWhatThereIs() throws Exception {
    var loader = GenerateTables.class.getClassLoader();
    Files.writeString(folder.resolve("made-from.sha256"), Fingerprint.of(loader));

    GenerateTables.main(new String[] {folder.toString()});

    assertThat(folder).isDirectoryNotContaining(file -> file.endsWith("dev"));
  }
}
