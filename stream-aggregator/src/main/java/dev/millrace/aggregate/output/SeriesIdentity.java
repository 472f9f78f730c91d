package dev.millrace.aggregate.output;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;

/** Which series, or which baseline scope, a record is about. Immutable. */
public final class SeriesIdentity {
  private final GenericRecord identity;
  private final String metric;
  private final int measure;
  private final byte[] key;

  /**
   * Holds the parts.
   *
   * @param identity dimensions and labels
   * @param metric name of the metric
   * @param measure index of the folded field
   * @param key what identifies it among all of its raw topic; not to be changed after
   */
  public SeriesIdentity(GenericRecord identity, String metric, int measure, byte[] key) {
    this.identity = identity;
    this.metric = metric;
    this.measure = measure;
    this.key = key;
  }

  GenericRecord identity() {
    return identity;
  }

  String metric() {
    return metric;
  }

  int measure() {
    return measure;
  }

  /** The same id for the same topic, series and mark, in every run. */
  UUID id(String topic, String mark) {
    var name = (topic + '\n' + mark + '\n').getBytes(StandardCharsets.UTF_8);
    var all = Arrays.copyOf(name, name.length + key.length);
    System.arraycopy(key, 0, all, name.length, key.length);
    return UUID.nameUUIDFromBytes(all);
  }
}
