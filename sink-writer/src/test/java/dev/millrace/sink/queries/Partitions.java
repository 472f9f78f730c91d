package dev.millrace.sink.queries;

import static dev.millrace.sink.queries.Answer.row;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The partitions a table should have. Native ones are there from the start, seven days behind and
 * ahead, and a default one for all other rows; a hypertable has chunks where it has rows. Days and
 * weeks of native ones are counted from a Monday, of chunks from 1 January 1970, in UTC.
 */
record Partitions(List<Partition> newestFirst) {
  private static final long DAY = 86_400;
  private static final LocalDate MONDAY = LocalDate.of(2000, 1, 3);

  /** The default partition has no bounds. */
  record Partition(String name, Instant from, Instant to) {}

  static Partitions of(
      QueriedDatabase database, String table, int days, Instant migrated, List<Instant> rows)
      throws SQLException {
    return new Partitions(
        database.timescale()
            ? chunks(database, table, days, rows)
            : nativeOnes(table.substring(table.indexOf('.') + 1), days, migrated));
  }

  private static List<Partition> nativeOnes(String table, int days, Instant migrated) {
    var length = days * DAY;
    var origin = MONDAY.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    var first = migrated.getEpochSecond() - 7 * DAY;
    first -= Math.floorMod(first - origin, length);
    var found = new ArrayList<Partition>();
    for (var from = first; from < migrated.getEpochSecond() + 7 * DAY; from += length) {
      var begins = Instant.ofEpochSecond(from);
      var day = LocalDate.ofInstant(begins, ZoneOffset.UTC);
      found.add(
          new Partition(
              table + "_p" + day.format(DateTimeFormatter.BASIC_ISO_DATE),
              begins,
              Instant.ofEpochSecond(from + length)));
    }
    Collections.reverse(found);
    found.add(new Partition(table + "_pdefault", null, null));
    return found;
  }

  /** Their names are TimescaleDB's own: each row says which it is in. */
  private static List<Partition> chunks(
      QueriedDatabase database, String table, int days, List<Instant> rows) throws SQLException {
    var length = days * DAY;
    var found = new ArrayList<Partition>();
    for (var row : rows.stream().sorted(Comparator.reverseOrder()).toList()) {
      var from = Instant.ofEpochSecond(row.getEpochSecond() / length * length);
      if (found.isEmpty() || !found.get(found.size() - 1).from.equals(from)) {
        found.add(new Partition(database.partitionOf(table, row), from, from.plusSeconds(length)));
      }
    }
    return found;
  }

  /** As lists of name and bounds. */
  List<List<Object>> rows() {
    return newestFirst.stream().map(p -> row(p.name, p.from, p.to)).toList();
  }
}
