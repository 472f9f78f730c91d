package dev.millrace.schema;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** How one field of a record is filled from a record of another type. Immutable. */
public sealed interface Fill {

  /** The field it fills. */
  String target();

  /** Where it looks. */
  Stream<Place> places();

  /** The same for all. */
  record Constant(String target, Object value) implements Fill {

    @Override
    public Stream<Place> places() {
      return Stream.empty();
    }
  }

  /**
   * The value as it is.
   *
   * @param only else it is null
   */
  record Copy(String target, Place from, List<Condition> only) implements Fill {

    public Copy {
      only = List.copyOf(only);
    }

    @Override
    public Stream<Place> places() {
      return Stream.concat(Stream.of(from), only.stream().flatMap(each -> each.places().stream()));
    }

    @Override
    public void require(Schema schema, Schema into) {
      Fill.super.require(schema, into);
      var field = into.getField(target).schema();
      var mayLack = from.isOptionalIn(schema) || !only.isEmpty();
      if (!from.valueIn(schema).equals(Fields.valueSchema(field))
          || (mayLack && !Fields.isOptional(field))) {
        throw new IllegalArgumentException(
            "%s of %s cannot fill '%s' of %s"
                .formatted(from, schema.getFullName(), target, into.getFullName()));
      }
    }
  }

  /**
   * A number of 0 to 1; any other is left out, so that it does not keep the record from a table.
   */
  record Share(String target, Place from) implements Fill {

    @Override
    public Stream<Place> places() {
      return Stream.of(from);
    }
  }

  /** A number by the value's text. */
  record Choice(String target, Place by, Map<String, Integer> numbers, int otherwise)
      implements Fill {

    public Choice {
      numbers = Map.copyOf(numbers);
    }

    @Override
    public Stream<Place> places() {
      return Stream.of(by);
    }
  }

  /**
   * Words, and the first of some texts that is there and not blank.
   *
   * @param otherwise the text if none is
   * @param most characters; what is longer is cut, and ends with an ellipsis
   */
  record Words(String target, String words, List<Place> first, String otherwise, int most)
      implements Fill {

    public Words {
      first = List.copyOf(first);
    }

    @Override
    public Stream<Place> places() {
      return first.stream();
    }
  }

  /** A JSON object of what is known, by the names of the places. */
  record Json(String target, List<Place> of) implements Fill {

    public Json {
      of = List.copyOf(of);
    }

    @Override
    public Stream<Place> places() {
      return of.stream();
    }
  }

  /** Refuses what records of these schemas cannot have. */
  default void require(Schema from, Schema into) {
    Fields.require(into, target());
    places().forEach(place -> place.requireIn(from));
  }
}
