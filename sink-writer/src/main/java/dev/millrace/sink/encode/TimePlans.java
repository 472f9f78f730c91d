package dev.millrace.sink.encode;

/**
 * Times. PostgreSQL counts from 2000-01-01, Avro from 1970-01-01; both in microseconds, UTC, and in
 * days for dates.
 */
final class TimePlans {
  private static final long EPOCH_MICROS = 946_684_800_000_000L;
  private static final long EPOCH_DAYS = 10_957;
  private static final long FIRST_TIMESTAMP = -211_813_488_000_000_000L;
  private static final long FIRST_DAY = -2_451_545;
  private static final long LAST_DAY = 2_145_031_948;

  private TimePlans() {}

  static EncodePlan.OfLong timestampOfMicros(Column column) {
    return (value, out) -> out.putLong(sincePostgresEpoch(column, value));
  }

  static EncodePlan.OfLong timestampOfMillis(Column column) {
    return (value, out) -> {
      if (Math.abs(value / 1_000) > Long.MAX_VALUE / 1_000_000) {
        throw EncodeFailure.VALUE_OUT_OF_RANGE.of(column, value, "cannot hold that time");
      }
      out.putLong(sincePostgresEpoch(column, value * 1_000));
    };
  }

  static EncodePlan.OfLong date(Column column) {
    return (value, out) -> {
      var days = value - EPOCH_DAYS;
      if (days < FIRST_DAY || days > LAST_DAY) {
        throw EncodeFailure.VALUE_OUT_OF_RANGE.of(column, value, "cannot hold that day");
      }
      out.putInt((int) days);
    };
  }

  /** Microseconds as an interval without days or months. */
  static EncodePlan.OfLong interval(Column column) {
    return (value, out) -> {
      out.putLong(value);
      out.putInt(0);
      out.putInt(0);
    };
  }

  private static long sincePostgresEpoch(Column column, long micros) {
    if (micros < FIRST_TIMESTAMP + EPOCH_MICROS) {
      throw EncodeFailure.VALUE_OUT_OF_RANGE.of(column, micros, "cannot hold that time");
    }
    return micros - EPOCH_MICROS;
  }
}
