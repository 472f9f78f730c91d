package dev.millrace.bench.site;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** What the broker tells of a consumer group. */
public final class Offsets {

  private Offsets() {}

  /**
   * Records of a topic, which was never cut, that a group has read and committed; 0 while the
   * broker is away.
   */
  public static long committed(Admin admin, String group, String topic) {
    try {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .entrySet()
          .stream()
          .filter(place -> place.getKey().topic().equals(topic))
          .mapToLong(place -> place.getValue() == null ? 0 : place.getValue().offset())
          .sum();
    } catch (ExecutionException away) {
      return 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
