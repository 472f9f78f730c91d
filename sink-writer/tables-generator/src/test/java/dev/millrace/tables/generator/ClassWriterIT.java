package dev.millrace.tables.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassWriterIT {
  private static Map<String, String> classes;
  private static Map<String, String> classesAgain;

  @BeforeAll
  static void generate(@TempDir Path one, @TempDir Path other) throws Exception {
    try (var database = MigratedDatabase.start();
        var connection = database.connect()) {
      ClassWriter.write(connection, one);
      ClassWriter.write(connection, other);
    }
    classes = read(one);
    classesAgain = read(other);
  }

  @Test
  void theSameDatabaseGivesTheSameBytes() {
    assertThat(classesAgain).isEqualTo(classes);
  }

  @Test
  void everySchemaHasAPackage() {
    assertThat(classes)
        .containsKeys(
            "audio/tables/MetricsAgg_5s.java",
            "camera/tables/MvCameraStatsHourly.java",
            "millrace/tables/SinkProgress.java");
  }

  @Test
  void neitherPartitionsNorTheHistoryOfMigrationsHaveAClass() {
    assertThat(classes.keySet())
        .noneMatch(name -> name.matches(".*(_p\\d{8}|Pdefault|SchemaHistory).*"));
  }

  @Test
  void aFunctionWithoutACommentIsItsNeighboursOwn() {
    assertThat(classes)
        .containsKeys("millrace/routines/EnsurePartitions.java", "millrace/tables/Partitions.java")
        .doesNotContainKey("millrace/routines/AddPartition.java");
  }

  @Test
  void everyTypeIsKnown() {
    assertThat(classes)
        .allSatisfy(
            (name, text) -> assertThat(text).doesNotContain("Unknown data type", "Record, Object"));
  }

  private static Map<String, String> read(Path folder) throws IOException {
    var root = folder.resolve("dev/millrace/tables");
    var texts = new TreeMap<String, String>();
    try (var tree = Files.walk(root)) {
      for (var file : tree.filter(Files::isRegularFile).toList()) {
        texts.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    return texts;
  }
}
