package dev.millrace.aggregate;

import dev.millrace.aggregate.series.Restorer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;

/** The changelogs of some stores, across the processes that had them one after the other. */
final class Changelogs {
  private final Map<String, List<TestRecord<byte[], byte[]>>> records = new HashMap<>();
  private final List<String> stores;

  Changelogs(List<String> stores) {
    this.stores = stores;
  }

  /** Takes what a process wrote since it was last asked. */
  void take(FoldDriver driver) {
    for (var store : stores) {
      records
          .computeIfAbsent(store, none -> new ArrayList<>())
          .addAll(driver.readRaw("test-" + store + "-changelog"));
    }
  }

  /** Restores the stores of a process that takes over. */
  void restore(FoldDriver driver) {
    records.forEach(
        (store, all) ->
            all.forEach(
                record -> Restorer.restore(driver.store(store), record.key(), record.value())));
  }
}
