package dev.millrace.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * Which incidents of a fold may have one cause, and with those of which other folds: they are
 * grouped if they begin at nearly the same time.
 *
 * @param kinds what they may share, in order of preference: the first kind counts of which a series
 *     has all fields
 * @param width how much depends on what these series are about: of incidents that begin together,
 *     that of the widest series is the probable root
 */
public record Grouping(List<Kind> kinds, int width) {

  public Grouping {
    kinds = List.copyOf(kinds);
    if (kinds.isEmpty() || width < 0) {
      throw new IllegalArgumentException(
          "a grouping needs a kind and a width from 0 on; it has %s and %d"
              .formatted(kinds, width));
    }
  }

  /**
   * What incidents may share. Those of other folds are of the same kind if it has the same name and
   * as many fields, whatever these are called there.
   *
   * @param name e.g. {@code network.site}
   * @param fields dimensions or labels of the series
   */
  public record Kind(String name, List<String> fields) {

    public Kind {
      fields = List.copyOf(fields);
      if (fields.isEmpty()) {
        throw new IllegalArgumentException("incidents that share a " + name + " share no field");
      }
    }
  }

  /** By one kind, and of width 0. */
  public static Grouping by(String kind, String... fields) {
    return new Grouping(List.of(new Kind(kind, List.of(fields))), 0);
  }

  /** By another kind where a series lacks a field of those before. */
  public Grouping orBy(String kind, String... fields) {
    var more = new ArrayList<>(kinds);
    more.add(new Kind(kind, List.of(fields)));
    return new Grouping(more, width);
  }

  /** The same, with a width. */
  public Grouping wide(int width) {
    return new Grouping(kinds, width);
  }

  /** The fields it reads, of all kinds. */
  public List<String> fields() {
    return kinds.stream().flatMap(kind -> kind.fields().stream()).distinct().toList();
  }
}
