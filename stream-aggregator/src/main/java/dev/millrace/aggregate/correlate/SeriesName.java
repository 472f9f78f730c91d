package dev.millrace.aggregate.correlate;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Comparator;

/**
 * What a correlation calls a series.
 *
 * @param metric its metric
 * @param scope what it belongs to
 * @param member whose it is, of those that are compared
 * @param part what of the member it is of; empty if it is of all of it
 */
public record SeriesName(String metric, String scope, String member, String part)
    implements Comparable<SeriesName> {
  private static final Comparator<SeriesName> ORDER =
      Comparator.comparing(SeriesName::member)
          .thenComparing(SeriesName::part)
          .thenComparing(SeriesName::metric)
          .thenComparing(SeriesName::scope);

  @Override
  public int compareTo(SeriesName other) {
    return ORDER.compare(this, other);
  }

  void encode(StateWriter out) {
    out.writeText(metric);
    out.writeText(scope);
    out.writeText(member);
    out.writeText(part);
  }

  static SeriesName decode(StateReader in) {
    return new SeriesName(in.readText(), in.readText(), in.readText(), in.readText());
  }
}
