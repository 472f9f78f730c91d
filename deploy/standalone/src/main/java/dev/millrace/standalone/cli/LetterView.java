package dev.millrace.standalone.cli;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.wire.RecordDecoder;
import dev.millrace.sink.deadletter.Letter;
import dev.millrace.sink.write.AsideBook;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * A letter as people and programs see it.
 *
 * @param topic where its record was read
 * @param partition its partition
 * @param offset its offset
 * @param time when it was put aside
 * @param state what became of the record
 * @param tries how often the sink and replays tried to store it
 * @param code why it was refused the last time
 * @param message the same in words
 * @param stage what was being done: decoding (VALUE_CONVERTER) or storing (TASK_PUT)
 * @param key the record's key as text; null if it has none
 * @param value the record, decoded; null if it cannot be
 * @param valueBytes how many bytes the value has; null if there is none
 * @param valueHex the first bytes of a value that cannot be decoded
 */
@JsonPropertyOrder({"topic", "partition", "offset", "time", "state", "tries", "code", "message"})
record LetterView(
    String topic,
    int partition,
    long offset,
    Instant time,
    LetterState state,
    int tries,
    String code,
    String message,
    String stage,
    String key,
    Object value,
    Integer valueBytes,
    String valueHex) {
  private static final int SHOWN_BYTES = 64;

  /** Sees a letter; {@code entry} is what the book has of it, null for nothing. */
  static LetterView of(Letter letter, AsideBook.Entry entry, RecordDecoder decoder) {
    var bytes = letter.value();
    var value = bytes == null ? Optional.empty() : decoded(bytes, decoder);
    return new LetterView(
        letter.origin().topic(),
        letter.origin().partition(),
        letter.origin().offset(),
        letter.time(),
        LetterState.of(entry),
        entry == null ? 1 : entry.tries(),
        entry == null ? letter.code() : entry.code(),
        entry == null ? letter.message() : entry.reason(),
        letter.stage(),
        letter.key() == null ? null : new String(letter.key(), StandardCharsets.UTF_8),
        value.orElse(null),
        bytes == null ? null : bytes.length,
        bytes == null || value.isPresent() ? null : hex(bytes));
  }

  /** What cannot be decoded is shown as it is, whether or not it may be later. */
  private static Optional<Object> decoded(byte[] bytes, RecordDecoder decoder) {
    try {
      return Optional.of(LetterJson.parsed(decoder.decode(bytes, null).toString()));
    } catch (MillraceException undecodable) {
      return Optional.empty();
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, SHOWN_BYTES)));
  }

  /** A few lines for people. */
  void print(PrintWriter out) {
    out.printf(
        "%s-%d@%d  %s  %s, %s%n",
        topic,
        partition,
        offset,
        time,
        state.name().toLowerCase(Locale.ROOT),
        tries == 1 ? "tried once" : "tried " + tries + " times");
    out.printf("  %s (%s): %s%n", code, stage, printable(message));
    out.printf("  key    %s%n", key == null ? "none" : printable(key));
    out.printf("  value  %s%n", printable(shownValue()));
  }

  private String shownValue() {
    if (valueBytes == null) {
      return "none";
    }
    return valueHex == null
        ? value.toString()
        : "%d bytes: %s%s".formatted(valueBytes, valueHex, valueBytes > SHOWN_BYTES ? "…" : "");
  }

  /** A record's text must not steer a terminal. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "·");
  }
}
