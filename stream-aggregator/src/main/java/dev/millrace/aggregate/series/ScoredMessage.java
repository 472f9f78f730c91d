package dev.millrace.aggregate.series;

/** What a scoring processor passes on: a score to publish, or news for the level above. */
public final class ScoredMessage {
  private final byte[] value;
  private final boolean upward;

  private ScoredMessage(byte[] value, boolean upward) {
    this.value = value;
    this.upward = upward;
  }

  static ScoredMessage score(byte[] record) {
    return new ScoredMessage(record, false);
  }

  static ScoredMessage news(byte[] news) {
    return new ScoredMessage(news, true);
  }

  /** The bytes; not to be changed. */
  public byte[] value() {
    return value;
  }

  /** Whether it is for the level above. */
  public boolean isUpward() {
    return upward;
  }
}
