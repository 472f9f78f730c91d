package dev.millrace.sink.docs;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The SQL of a page, statement by statement. */
final class Examples {
  private static final Pattern BLOCK = Pattern.compile("(?s)```sql\n(.*?)```");

  private Examples() {}

  static List<String> of(Page page) {
    return BLOCK
        .matcher(page.text())
        .results()
        .flatMap(block -> Stream.of(block.group(1).split(";\\s*\n")))
        .filter(statement -> !statement.isBlank())
        .toList();
  }
}
