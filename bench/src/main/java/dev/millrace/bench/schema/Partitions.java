package dev.millrace.bench.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The partitions or chunks of a table, and which of them a query needs.
 *
 * @param all by their lower bound; the default partition is last
 */
record Partitions(List<Partition> all) {
  private static final String READ =
      """
      SELECT n.nspname || '.' || c.relname, p.lower_bound, p.upper_bound
      FROM millrace.partitions(?::regclass) p
      JOIN pg_class c ON c.oid = p.partition
      JOIN pg_namespace n ON n.oid = c.relnamespace
      ORDER BY p.lower_bound NULLS LAST
      """;

  Partitions {
    all = List.copyOf(all);
  }

  /**
   * One of them.
   *
   * @param name {@code schema.table}
   * @param lower inclusive; null for the default partition
   * @param upper exclusive; null for the default partition
   */
  record Partition(String name, Instant lower, Instant upper) {
    boolean isDefault() {
      return lower == null;
    }

    boolean overlaps(AskedTime time, Instant now) {
      return upper.isAfter(time.from(now)) && time.until().map(lower::isBefore).orElse(true);
    }
  }

  static Partitions of(Connection connection, String table) throws SQLException {
    var found = new ArrayList<Partition>();
    try (var statement = connection.prepareStatement(READ)) {
      statement.setString(1, table);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(
              new Partition(
                  rows.getString(1),
                  instant(rows.getObject(2, OffsetDateTime.class)),
                  instant(rows.getObject(3, OffsetDateTime.class))));
        }
      }
    }
    return new Partitions(found);
  }

  private static Instant instant(OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  /**
   * Those that may hold rows of the time. The default partition may, unless others hold all of the
   * time: then no row of it can have gone there.
   */
  Set<String> neededFor(AskedTime time, Instant now) {
    var bounded = all.stream().filter(each -> !each.isDefault()).toList();
    var needed =
        bounded.stream()
            .filter(each -> each.overlaps(time, now))
            .map(Partition::name)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!covered(bounded, time, now)) {
      all.stream().filter(Partition::isDefault).map(Partition::name).forEach(needed::add);
    }
    return needed;
  }

  private static boolean covered(List<Partition> ascending, AskedTime time, Instant now) {
    if (time.until().isEmpty()) {
      return false;
    }
    var reached = time.from(now);
    for (var each : ascending) {
      if (!each.lower().isAfter(reached) && each.upper().isAfter(reached)) {
        reached = each.upper();
      }
    }
    return !reached.isBefore(time.until().get());
  }

  /** Those among the relations that are partitions of this table and not needed. */
  Set<String> unneeded(Set<String> read, AskedTime time, Instant now) {
    var unneeded = new TreeSet<>(names());
    unneeded.retainAll(read);
    unneeded.removeAll(neededFor(time, now));
    return unneeded;
  }

  private Set<String> names() {
    return all.stream().map(Partition::name).collect(Collectors.toSet());
  }
}
