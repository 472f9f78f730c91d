package dev.millrace.aggregate.codec;

import dev.millrace.schema.Condition;
import dev.millrace.schema.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Tells by its bytes whether a record may meet one of several lists of conditions, so that the
 * others, which are most, are not decoded. It may let one through that meets none, never the
 * reverse: what it cannot tell from a field of the writer's schema, it takes to be met. One
 * instance a thread and writer's schema; allocates nothing while it looks.
 */
public final class Sieve {
  private static final int TO_LOWER = 'a' - 'A';

  private final FieldPlaces places;
  private final Check[][] alternatives;

  /** Whether the located record may meet a condition. */
  @FunctionalInterface
  private interface Check {
    boolean mayHold(FieldPlaces record);
  }

  /** Compiles it. */
  public Sieve(Schema writer, List<List<Condition>> wanted) {
    places = new FieldPlaces(writer);
    alternatives =
        wanted.stream()
            .map(
                all ->
                    all.stream()
                        .map(condition -> check(writer, condition))
                        .flatMap(Optional::stream)
                        .toArray(Check[]::new))
            .toArray(Check[][]::new);
  }

  /**
   * Whether the record that begins at {@code from} is to be decoded.
   *
   * @throws dev.millrace.schema.wire.MalformedAvroException if it is none of the writer's schema
   */
  public boolean passes(byte[] message, int from) {
    places.locate(message, from);
    for (var all : alternatives) {
      if (holdsEach(all)) {
        return true;
      }
    }
    return false;
  }

  private boolean holdsEach(Check... all) {
    for (var check : all) {
      if (!check.mayHold(places)) {
        return false;
      }
    }
    return true;
  }

  /** Empty if it cannot be told from the bytes. */
  private static Optional<Check> check(Schema writer, Condition condition) {
    var any = new ArrayList<Check>();
    for (var place : condition.places()) {
      var check = check(writer, place, condition.texts());
      if (check.isEmpty()) {
        return Optional.empty();
      }
      any.add(check.get());
    }
    return Optional.of(any(any.toArray(Check[]::new)));
  }

  private static Check any(Check... checks) {
    return record -> {
      for (var check : checks) {
        if (check.mayHold(record)) {
          return true;
        }
      }
      return false;
    };
  }

  private static Optional<Check> check(
      Schema writer, Place place, Optional<? extends Collection<String>> texts) {
    var field = writer.getField(place.field());
    if (field == null || place.entry().isPresent()) {
      return Optional.empty();
    }
    if (texts.isEmpty()) {
      return Optional.of(known(field));
    }
    try {
      return Optional.of(text(field, texts.get()));
    } catch (IllegalArgumentException hasNoText) {
      return Optional.empty();
    }
  }

  private static Check known(Schema.Field field) {
    var schema = field.schema();
    if (!schema.isUnion() || !schema.isNullable()) {
      return record -> true;
    }
    var none = schema.getIndexNamed("null");
    var branches = schema.getTypes().size();
    return record -> record.at(field.pos()).readIndex(branches) != none;
  }

  private static Check text(Schema.Field field, Collection<String> lowerCase) {
    var text = AvroText.of(field.schema());
    var wanted =
        lowerCase.stream()
            .map(each -> each.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    var found = new StateWriter();
    return record -> {
      found.reset();
      text.write(record.at(field.pos()), found);
      return isAny(wanted, found.buffer(), found.length());
    };
  }

  private static boolean isAny(byte[][] wanted, byte[] found, int length) {
    for (var each : wanted) {
      if (isSame(each, found, length)) {
        return true;
      }
    }
    for (var i = 0; i < length; i++) {
      if (found[i] < 0) {
        return true; // Not ASCII: its lower case may be any of them.
      }
    }
    return false;
  }

  private static boolean isSame(byte[] lowerCase, byte[] found, int length) {
    if (lowerCase.length != length) {
      return false;
    }
    for (var i = 0; i < length; i++) {
      var letter = found[i] >= 'A' && found[i] <= 'Z' ? found[i] + TO_LOWER : found[i];
      if (letter != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }
}
