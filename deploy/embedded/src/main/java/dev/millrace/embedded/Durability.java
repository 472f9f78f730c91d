package dev.millrace.embedded;

import java.util.Map;

/** What a crash of the machine may cost the embedded database. A crash of the JVM costs nothing. */
public enum Durability {
  /** Nothing that was committed: every commit waits for the disk. For data that is kept. */
  SYNCED("on"),
  /** The whole database. For tests. */
  UNSYNCED("off");

  private final String syncs;

  Durability(String syncs) {
    this.syncs = syncs;
  }

  Map<String, String> serverSettings() {
    return Map.of("fsync", syncs, "synchronous_commit", syncs, "full_page_writes", syncs);
  }
}
