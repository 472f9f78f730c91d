package dev.millrace.bench.kill;

import dev.millrace.bench.traffic.TableCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a kill test did and found.
 *
 * @param seed what the order of its acts follows from
 * @param rounds how many acts there were
 * @param acts how many of each kind
 * @param kills sinks killed with -9
 * @param took from the first record to the last comparison
 * @param topics what was found of each
 */
record KillReport(
    long seed, int rounds, Map<Act, Integer> acts, int kills, Duration took, List<Topic> topics) {

  KillReport {
    acts = Map.copyOf(acts);
    topics = List.copyOf(topics);
  }

  /**
   * The books of one topic.
   *
   * @param published records the broker has
   * @param read records of the progress
   * @param stored records that are rows, by the progress
   * @param deadLettered records that are not, by the progress
   * @param table what is in the table
   */
  record Topic(
      String name,
      long published,
      long read,
      long stored,
      long deadLettered,
      TableCheck.Outcome table) {

    boolean holds() {
      return read == published && stored == published && deadLettered == 0 && table.holds();
    }
  }

  long records() {
    return topics.stream().mapToLong(Topic::published).sum();
  }

  /** Whether every record is in its table once. */
  boolean passed() {
    return topics.stream().allMatch(Topic::holds);
  }

  @Override
  public String toString() {
    var lines = new ArrayList<String>();
    lines.add(
        "%-26s %10s %10s %6s %10s %8s %8s  %s"
            .formatted(
                "topic", "published", "stored", "dead", "rows", "missing", "doubled", "checksum"));
    topics.forEach(topic -> lines.add(line(topic)));
    lines.add(
        "%s: %d rounds (%s), %d sinks killed, %,d records, seed %d, %d s"
            .formatted(
                passed() ? "PASS" : "FAIL",
                rounds,
                acts.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(act -> act.getKey().label() + " " + act.getValue())
                    .collect(Collectors.joining(", ")),
                kills,
                records(),
                seed,
                took.toSeconds()));
    return String.join(System.lineSeparator(), lines);
  }

  private static String line(Topic topic) {
    var table = topic.table();
    return String.format(
        Locale.ROOT,
        "%-26s %,10d %,10d %6d %,10d %8d %8d  %s",
        topic.name(),
        topic.published(),
        topic.stored(),
        topic.deadLettered(),
        table.rows(),
        table.missing(),
        table.unwanted(),
        table.checksum().equals(table.expectedChecksum())
            ? table.checksum()
            : "%s, not %s".formatted(table.checksum(), table.expectedChecksum()));
  }
}
