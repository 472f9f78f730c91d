package dev.millrace.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.config.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/configuration.md lists every key as the code has it. */
class ConfigurationDocTest {
  private static final Path PAGE = Path.of("../../docs/configuration.md");
  private static final String BEGIN = "<!-- keys: written by ConfigurationDocTest -->\n";

  @Test
  void thePageListsEveryKey() throws IOException {
    var page = Files.readString(PAGE);
    var written = page.substring(0, page.indexOf(BEGIN)) + BEGIN + table();
    if (Boolean.getBoolean("millrace.docs.write")) {
      Files.writeString(PAGE, written);
    }
    assertThat(Files.readString(PAGE))
        .as("run this test with -Dmillrace.docs.write=true to write the page again")
        .isEqualTo(written);
  }

  private static String table() {
    return Keys.ALL.stream()
        .map(ConfigurationDocTest::row)
        .collect(Collectors.joining("\n", "| key | default | |\n|---|---|---|\n", "\n"));
  }

  private static String row(Key key) {
    var value =
        key.defaultValue() == null || key.defaultValue().isEmpty()
            ? ""
            : "`" + key.defaultValue() + "`";
    return "| `%s` | %s | %s |".formatted(key.name(), value, key.doc().replace("|", "\\|"));
  }
}
