package dev.millrace.sink.legacy;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * How older rows are moved.
 *
 * @param batchRows most rows in one transaction
 * @param timeZone of times that name none
 * @param keepExpired whether rows past the retention of their table are stored all the same
 * @param fromStart whether to read from the beginning, not from where the last run ended
 * @param dryRun whether to count only
 */
public record LegacyOptions(
    int batchRows, ZoneId timeZone, boolean keepExpired, boolean fromStart, boolean dryRun) {

  public LegacyOptions {
    Objects.requireNonNull(timeZone);
    if (batchRows < 1) {
      throw new IllegalArgumentException("a batch of " + batchRows + " rows");
    }
  }

  /** The zone as PostgreSQL takes it, which reads a bare offset with the sign turned round. */
  String serverTimeZone() {
    if (!(timeZone.normalized() instanceof ZoneOffset offset)) {
      return timeZone.getId();
    }
    if (offset.equals(ZoneOffset.UTC)) {
      return "UTC";
    }
    return "<%s>%s".formatted(offset, ZoneOffset.ofTotalSeconds(-offset.getTotalSeconds()));
  }
}
