package dev.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.schema.RecordType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What was begun for a record type must end in the catalogue: nothing lies about unused. */
class CatalogCompletenessTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyFixtureHasARecordType() {
    var topics = Millrace.CATALOG.types().stream().map(RecordType::topic).toList();
    for (var file : files("src/test/resources/fixtures", ".json")) {
      var topic = file.getFileName().toString().replaceFirst("\\.json$", "");
      assertThat(topics)
          .as(
              "fixture %s has no record type: add a constant for topic %s to its domain's catalogue"
                  + " class, and to ALL there",
              file.getFileName(), topic)
          .contains(topic);
    }
  }

  @Test
  void everyAvroRecordHasARecordType() {
    var schemas =
        Millrace.CATALOG.types().stream()
            .map(type -> type.schema().getFullName())
            .collect(Collectors.toSet());
    for (var file : files("src/main/resources/avro", ".avsc")) {
      var schema = read(file);
      if (schema.get("type").textValue().equals("record")) {
        var name = schema.get("namespace").textValue() + "." + schema.get("name").textValue();
        assertThat(schemas)
            .as(
                "%s is used by no record type: add a constant to its domain's catalogue class, and"
                    + " to ALL there",
                file)
            .contains(name);
      }
    }
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file.toString(), unreadable);
    }
  }

  private static List<Path> files(String folder, String ending) {
    try (var files = Files.walk(Path.of(folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(folder, unreadable);
    }
  }
}
