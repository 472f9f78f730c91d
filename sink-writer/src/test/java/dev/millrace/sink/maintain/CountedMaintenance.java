package dev.millrace.sink.maintain;

import java.util.ArrayList;
import java.util.List;

/** Notes what maintenance counts. */
final class CountedMaintenance implements MaintenanceMetrics {
  final List<String> done = new ArrayList<>();
  final List<String> failures = new ArrayList<>();
  int passes;

  @Override
  public void done(String table, Step step, long rows) {
    done.add("%s %s %d".formatted(table, step, rows));
  }

  @Override
  public void failed(String table, String code) {
    failures.add(table + " " + code);
  }

  @Override
  public void passed(long nanos) {
    passes++;
  }
}
