package dev.millrace.schema;

import java.util.List;

/**
 * A field that follows from others, of this record and of the one before it of the same entity. It
 * fills its target only where the publisher left it null, and leaves it null where what it needs is
 * not there.
 */
public sealed interface Derivation {

  /** The field it fills. */
  String target();

  /**
   * A rate: {@code unit * (counted since the record before) / (seconds since then)}.
   *
   * @param counter a counter of the {@link Enrichment}
   * @param unit what one count is, in the target's unit: 8 for bytes as bits
   */
  record PerSecond(String counter, double unit, String target) implements Derivation {}

  /**
   * A share of what is possible: {@code 100 * rate / (capacity * unit)}.
   *
   * @param rate a field of this record, which may be one that was derived before
   * @param capacity a field of this record
   * @param unit what one of {@code capacity} is, in the unit of {@code rate}: 1e6 for Mbit/s
   */
  record OfCapacity(String rate, String capacity, double unit, String target)
      implements Derivation {}

  /**
   * A share of what was counted: {@code 1e6 * parts / wholes}, both since the record before.
   *
   * @param parts counters of the {@link Enrichment}; those without a value count as 0, unless all
   *     are
   * @param wholes the same
   */
  record PerMillion(List<String> parts, List<String> wholes, String target) implements Derivation {

    public PerMillion {
      parts = List.copyOf(parts);
      wholes = List.copyOf(wholes);
    }
  }

  /**
   * How much is in reserve before a value leaves its span, in percent: 0 at either bound and beyond
   * it, 100 from {@code full} within on. Of several spans, the one with the least reserve counts; a
   * span of which a field is null counts not.
   *
   * @param full in the unit of the values
   */
  record Reserve(List<Span> spans, double full, String target) implements Derivation {

    public Reserve {
      spans = List.copyOf(spans);
    }
  }

  /** The fields of a value and of its bounds. */
  record Span(String value, String low, String high) {}
}
