package dev.millrace.bench.sink;

import java.util.List;

/** Rows that are there already, written again by hand: staged, and upserted in one statement. */
record ReplaySide(Psql psql, long rows, String script) implements Side {

  @Override
  public String name() {
    return "psql, staged and upserted";
  }

  @Override
  public boolean warmsUp() {
    return false;
  }

  @Override
  public Run run() throws InterruptedException {
    return Run.of(rows, psql.run(List.of(script)));
  }

  @Override
  public void close() {
    // Nothing is open between the runs.
  }
}
