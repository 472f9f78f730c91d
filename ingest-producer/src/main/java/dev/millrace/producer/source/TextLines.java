package dev.millrace.producer.source;

import dev.millrace.failure.MillraceException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Numbered lines of an input, without blank ones. A line whose double quotes are not balanced goes
 * on with the next, as CSV has it; where no quote closes within {@value #LONGEST_LINES} lines it
 * ends by itself, so that one stray quote costs one line.
 */
final class TextLines implements AutoCloseable {
  private static final int LONGEST_LINES = 100;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final BufferedReader input;
  private final Deque<String> unread = new ArrayDeque<>();
  private long lastNumber;

  TextLines(Reader input) {
    this.input = new BufferedReader(input);
  }

  /** A line, and the number of its first in the input. */
  record Numbered(long number, String text) {}

  /** The next line that is not blank, or null at the end. */
  Numbered next() {
    for (var text = read(); text != null; text = read()) {
      if (!text.isBlank()) {
        return new Numbered(lastNumber, text);
      }
    }
    return null;
  }

  /** The same, with the lines that quotes join to it. */
  Numbered nextQuoted() {
    var first = next();
    if (first == null || !opensQuote(first.text())) {
      return first;
    }
    var more = new ArrayList<String>();
    while (more.size() < LONGEST_LINES) {
      var text = read();
      if (text == null) {
        break;
      }
      more.add(text);
      if (opensQuote(text)) {
        return new Numbered(first.number(), first.text() + "\n" + String.join("\n", more));
      }
    }
    putBack(more);
    return first;
  }

  private void putBack(List<String> texts) {
    for (var i = texts.size() - 1; i >= 0; i--) {
      unread.addFirst(texts.get(i));
    }
    lastNumber -= texts.size();
  }

  private static boolean opensQuote(String text) {
    return text.indexOf('"') >= 0 && text.chars().filter(c -> c == '"').count() % 2 == 1;
  }

  private String read() {
    try {
      var text = unread.isEmpty() ? input.readLine() : unread.removeFirst();
      if (text != null && ++lastNumber == 1 && text.startsWith(BYTE_ORDER_MARK)) {
        return text.substring(1);
      }
      return text;
    } catch (IOException broken) {
      throw new MillraceException(
          SourceFailure.INPUT_UNREADABLE,
          "the input cannot be read after line %d: %s; is it text in UTF-8?"
              .formatted(lastNumber, broken),
          broken);
    }
  }

  @Override
  public void close() {
    try {
      input.close();
    } catch (IOException broken) {
      throw new MillraceException(
          SourceFailure.INPUT_UNREADABLE, "the input cannot be closed: " + broken, broken);
    }
  }
}
