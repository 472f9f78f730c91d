package dev.millrace.standalone.cli;

import dev.millrace.sink.deadletter.Letter;
import dev.millrace.sink.write.AsideBook;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the letters of one topic by their code. One thread. */
final class LetterTally {
  private final String topic;
  private final Map<String, LetterCount> counts = new TreeMap<>();

  LetterTally(String topic) {
    this.topic = topic;
  }

  /** Counts a letter; {@code entry} is what the book has of it, null for nothing. */
  void add(Letter letter, AsideBook.Entry entry) {
    var code = entry == null ? letter.code() : entry.code();
    counts.compute(
        code,
        (key, before) ->
            (before == null ? LetterCount.none(topic, code, letter.time()) : before)
                .with(LetterState.of(entry), letter.time()));
  }

  /** In the order of their codes. */
  List<LetterCount> counts() {
    return List.copyOf(counts.values());
  }
}
