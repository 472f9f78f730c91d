package dev.millrace.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** What a record must be like for something to be made of it. Immutable. */
public sealed interface Condition {

  /** Where it looks; one that is met is enough. */
  List<Place> places();

  /**
   * The texts that meet it, in lower case; empty if any value does. What has another text does not
   * meet it; what has one of these may yet not meet it.
   */
  Optional<Set<String>> texts();

  boolean holds(GenericRecord record);

  Condition prefixed(String prefix);

  /** That at least one of these places has a value. */
  static Condition known(String... paths) {
    return new Known(Place.all(paths));
  }

  /** That the value's text is one of these, whatever its case. */
  static Condition oneOf(String path, String... values) {
    return new OneOf(Place.of(path), Set.of(values));
  }

  /** That the value is the name of the topic of one of these types. */
  static Condition ofTopic(String path, RecordType... types) {
    return new OfTopic(Place.of(path), Arrays.asList(types));
  }

  /** See {@link #known}. */
  record Known(List<Place> places) implements Condition {

    public Known {
      places = List.copyOf(places);
    }

    @Override
    public Optional<Set<String>> texts() {
      return Optional.empty();
    }

    @Override
    public boolean holds(GenericRecord record) {
      return places.stream().anyMatch(place -> place.in(record) != null);
    }

    @Override
    public Condition prefixed(String prefix) {
      return this;
    }
  }

  /** See {@link #oneOf}. */
  record OneOf(Place place, Set<String> values) implements Condition {

    public OneOf {
      values =
          values.stream()
              .map(value -> value.toLowerCase(Locale.ROOT))
              .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<Place> places() {
      return List.of(place);
    }

    @Override
    public Optional<Set<String>> texts() {
      return Optional.of(values);
    }

    @Override
    public boolean holds(GenericRecord record) {
      var text = place.textIn(record);
      return text != null && values.contains(text.toLowerCase(Locale.ROOT));
    }

    @Override
    public Condition prefixed(String prefix) {
      return this;
    }
  }

  /** See {@link #ofTopic}. */
  record OfTopic(Place place, List<RecordType> types) implements Condition {

    public OfTopic {
      types = List.copyOf(types);
    }

    @Override
    public List<Place> places() {
      return List.of(place);
    }

    @Override
    public Optional<Set<String>> texts() {
      return Optional.of(
          types.stream()
              .map(type -> type.topic().toLowerCase(Locale.ROOT))
              .collect(Collectors.toSet()));
    }

    @Override
    public boolean holds(GenericRecord record) {
      var text = place.textIn(record);
      return types.stream().anyMatch(type -> type.topic().equals(text));
    }

    @Override
    public Condition prefixed(String prefix) {
      return new OfTopic(place, types.stream().map(type -> type.prefixed(prefix)).toList());
    }
  }

  /** Refuses places that records of a schema do not have. */
  default void requireIn(Schema schema) {
    places().forEach(place -> place.requireIn(schema));
  }
}
