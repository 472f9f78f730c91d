package dev.millrace.sink.legacy;

/**
 * What became of rows. What is read is stored, or there already, or past the retention of its
 * table, or refused.
 */
public record LegacyCounts(long read, long stored, long present, long expired, long refused) {
  static final LegacyCounts NONE = new LegacyCounts(0, 0, 0, 0, 0);
  static final LegacyCounts ONE_REFUSED = new LegacyCounts(1, 0, 0, 0, 1);

  public LegacyCounts {
    if (read != stored + present + expired + refused) {
      throw new IllegalArgumentException(
          "read %d is not stored %d + present %d + expired %d + refused %d"
              .formatted(read, stored, present, expired, refused));
    }
  }

  LegacyCounts plus(LegacyCounts more) {
    return new LegacyCounts(
        read + more.read,
        stored + more.stored,
        present + more.present,
        expired + more.expired,
        refused + more.refused);
  }
}
