package dev.millrace.sink.seeds;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Takes SQL apart without knowing its grammar: comments, statements, items of a list. */
final class SqlText {
  private static final Pattern FENCE = Pattern.compile("(?ms)^```sql\\n(.*?)^```");
  private static final Pattern BEGIN =
      Pattern.compile(
          "(?m)^(CREATE|ALTER TABLE|DELETE FROM|SELECT (create_hypertable|add_\\w+)\\()");

  private SqlText() {}

  /** What stands between a document's SQL fences; the whole of one that has no fences. */
  static String of(String document) {
    var fenced = new StringBuilder();
    FENCE.matcher(document).results().forEach(block -> fenced.append(block.group(1)).append('\n'));
    return fenced.isEmpty() ? document : fenced.toString();
  }

  /** Statements that define or delete, without comments, their white space single. */
  static List<String> statements(String sql) {
    var text = sql.replaceAll("--.*", "");
    var statements = new ArrayList<String>();
    var begin = BEGIN.matcher(text);
    var from = 0;
    while (begin.find(from)) {
      from = end(text, begin.start());
      statements.add(text.substring(begin.start(), from).replaceAll("\\s+", " ").trim());
      from = Math.min(from + 1, text.length());
    }
    return statements;
  }

  /** The first semicolon outside quotes. */
  private static int end(String text, int begin) {
    var dollars = false;
    var quoted = false;
    for (var at = begin; at < text.length(); at++) {
      if (text.startsWith("$$", at) && !quoted) {
        dollars = !dollars;
        at++;
      } else if (text.charAt(at) == '\'' && !dollars) {
        quoted = !quoted;
      } else if (text.charAt(at) == ';' && !quoted && !dollars) {
        return at;
      }
    }
    throw new AssertionError("a statement without an end: " + text.substring(begin));
  }

  /** The items of a list, split at commas outside brackets and quotes. */
  static List<String> items(String list) {
    var items = new ArrayList<String>();
    var depth = 0;
    var quoted = false;
    var from = 0;
    for (var at = 0; at < list.length(); at++) {
      switch (list.charAt(at)) {
        case '\'' -> quoted = !quoted;
        case '(', '[' -> depth++;
        case ')', ']' -> depth--;
        case ',' -> {
          if (depth == 0 && !quoted) {
            items.add(list.substring(from, at).trim());
            from = at + 1;
          }
        }
        default -> {}
      }
    }
    items.add(list.substring(from).trim());
    items.removeIf(String::isEmpty);
    return items;
  }

  /** The text in the bracket that opens first, and what comes after it. */
  static String[] bracket(String text) {
    var open = text.indexOf('(');
    var depth = 0;
    for (var at = open; at < text.length(); at++) {
      depth += text.charAt(at) == '(' ? 1 : text.charAt(at) == ')' ? -1 : 0;
      if (depth == 0) {
        return new String[] {text.substring(open + 1, at).trim(), text.substring(at + 1).trim()};
      }
    }
    throw new AssertionError("a bracket is not closed: " + text);
  }
}
