package dev.millrace.sink.seeds;

import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The facts in a seed's SQL. A statement of a form that is not known is an error, never passed
 * over.
 */
final class SeedSql {
  private static final String INTERVAL = "(?i:interval) '([^']+)'";
  private static final List<String> NOT_OF_TABLES = List.of("CREATE SCHEMA ", "CREATE EXTENSION ");

  private final UnaryOperator<String> qualify;

  /**
   * @param qualify from the seed's name of a relation to ours, with its schema
   */
  SeedSql(UnaryOperator<String> qualify) {
    this.qualify = qualify;
  }

  Stream<SeedFact> facts(String sql) {
    return SqlText.statements(sql).stream().flatMap(this::statement);
  }

  private Stream<SeedFact> statement(String sql) {
    if (NOT_OF_TABLES.stream().anyMatch(sql::startsWith)) {
      return Stream.empty();
    }
    if (sql.startsWith("CREATE TABLE ") || sql.startsWith("CREATE UNLOGGED TABLE ")) {
      return table(sql);
    }
    return first(
            sql, "CREATE TYPE (\\w+) AS ENUM \\((.*)\\)", m -> fact("enum", m, 1, "", m.group(2)))
        .or(() -> first(sql, "CREATE (UNIQUE )?INDEX (?:(\\w+) )?ON (\\w+) ?(.*)", this::index))
        .or(() -> first(sql, "ALTER TABLE (\\w+) (.*)", this::alter))
        .or(
            () ->
                first(
                    sql,
                    "CREATE (?:OR REPLACE )?FUNCTION (\\w+)\\(.*",
                    m -> fact("function", m, 1, "", "")))
        .or(
            () ->
                first(
                    sql,
                    "CREATE TRIGGER (\\w+) (BEFORE|AFTER) ([A-Z ]+) ON (\\w+) FOR EACH ROW EXECUTE FUNCTION (\\w+)\\(\\)",
                    this::trigger))
        .or(
            () ->
                first(
                    sql,
                    "CREATE (MATERIALIZED )?VIEW (\\w+) (WITH \\(\\S+\\) )?AS SELECT (.*)",
                    this::view))
        .or(() -> first(sql, "SELECT (\\w+)\\( ?'(\\w+)', (.*)\\)", this::call))
        .or(
            () ->
                first(
                    sql,
                    "DELETE FROM (\\w+) WHERE \\w+ < now\\(\\) - " + INTERVAL + ".*",
                    m -> fact("retention", m, 1, "", m.group(2))))
        .orElseThrow(() -> new AssertionError("a form that is not known: " + sql));
  }

  private interface Reading {
    Stream<SeedFact> of(MatchResult match);
  }

  private static java.util.Optional<Stream<SeedFact>> first(
      String sql, String form, Reading reading) {
    var match = Pattern.compile(form).matcher(sql);
    return match.matches() ? java.util.Optional.of(reading.of(match)) : java.util.Optional.empty();
  }

  private Stream<SeedFact> fact(
      String kind, MatchResult m, int relation, String name, String definition) {
    return Stream.of(new SeedFact(kind, qualify.apply(m.group(relation)), name, definition));
  }

  private Stream<SeedFact> table(String sql) {
    var parts = SqlText.bracket(sql);
    var name = sql.replaceFirst("CREATE (UNLOGGED )?TABLE (\\w+).*", "$2");
    var reader = new SeedColumns(qualify.apply(name));
    var kind = sql.startsWith("CREATE UNLOGGED") ? "unlogged table" : "table";
    var partitioned =
        first(
                parts[1],
                "PARTITION BY RANGE \\((\\w+)\\)",
                m ->
                    Stream.of(
                        new SeedFact("partition column", qualify.apply(name), "", m.group(1))))
            .orElse(Stream.empty());
    return Stream.of(
            Stream.of(new SeedFact("table", qualify.apply(name), "", kind)),
            SqlText.items(parts[0]).stream().flatMap(reader::item),
            partitioned)
        .flatMap(facts -> facts);
  }

  private Stream<SeedFact> index(MatchResult m) {
    var unique = m.group(1) == null ? "" : "UNIQUE ";
    var name = m.group(2) == null ? "" : m.group(2);
    return fact("index", m, 3, name, unique + m.group(4).replace("( ", "(").replace(" )", ")"));
  }

  private Stream<SeedFact> alter(MatchResult m) {
    var relation = qualify.apply(m.group(1));
    return SqlText.items(m.group(2).replaceFirst("^SET \\((.*)\\)$", "$1")).stream()
        .flatMap(change -> change(relation, change));
  }

  private static Stream<SeedFact> change(String relation, String change) {
    return first(change, "ADD COLUMN (.*)", m -> new SeedColumns(relation).item(m.group(1)))
        .or(
            () ->
                first(
                    change,
                    "ALTER COLUMN (\\w+) SET (STORAGE|COMPRESSION) (\\w+)",
                    m ->
                        Stream.of(
                            new SeedFact(
                                m.group(2).toLowerCase(), relation, m.group(1), m.group(3)))))
        .or(() -> first(change, "timescaledb\\.compress", m -> Stream.empty()))
        .or(
            () ->
                first(
                    change,
                    "timescaledb\\.compress_(segment|order)by = '(.*)'",
                    m -> Stream.of(new SeedFact(m.group(1) + " by", relation, "", m.group(2)))))
        .orElseThrow(() -> new AssertionError("a change that is not known: " + change));
  }

  /** Events in the order PostgreSQL's catalogue keeps them in. */
  private Stream<SeedFact> trigger(MatchResult m) {
    var events = new TreeSet<>(List.of(m.group(3).split(" OR ")));
    return fact(
        "trigger",
        m,
        4,
        m.group(1),
        "%s %s FOR EACH ROW %s".formatted(m.group(2), String.join(" OR ", events), m.group(5)));
  }

  private Stream<SeedFact> view(MatchResult m) {
    var relation = qualify.apply(m.group(2));
    var kind =
        m.group(3) != null
            ? "continuous aggregate"
            : m.group(1) != null ? "materialized view" : "view";
    return Stream.concat(
        Stream.of(new SeedFact("table", relation, "", kind)),
        SqlText.items(selected(m.group(4))).stream()
            .map(column -> column.replaceFirst("(?i)^.*\\W", ""))
            .map(column -> new SeedFact("column", relation, column, SeedFact.UNTYPED)));
  }

  /** What stands before the FROM, and after DISTINCT ON. */
  private static String selected(String query) {
    var list = query.startsWith("DISTINCT ON") ? SqlText.bracket(query)[1] : query;
    return list.replaceFirst(" FROM .*", "");
  }

  private Stream<SeedFact> call(MatchResult m) {
    var relation = qualify.apply(m.group(2));
    var arguments = m.group(3);
    return switch (m.group(1)) {
      case "create_hypertable" ->
          Stream.of(
              new SeedFact("partition column", relation, "", text("^'(\\w+)'", arguments)),
              new SeedFact("partition size", relation, "", text(INTERVAL, arguments)));
      case "add_dimension" ->
          Stream.of(
              new SeedFact(
                  "spread by",
                  relation,
                  "",
                  text("^'(\\w+)'", arguments) + " " + text("=> (\\d+)", arguments)));
      case "add_compression_policy" ->
          Stream.of(new SeedFact("compressed after", relation, "", text(INTERVAL, arguments)));
      case "add_retention_policy" ->
          Stream.of(new SeedFact("retention", relation, "", text(INTERVAL, arguments)));
      case "add_continuous_aggregate_policy" ->
          Stream.of(
              new SeedFact(
                  "refresh",
                  relation,
                  "",
                  "every %s, from %s to %s ago"
                      .formatted(
                          text("schedule_interval => " + INTERVAL, arguments),
                          text("start_offset => " + INTERVAL, arguments),
                          text("end_offset => " + INTERVAL, arguments))));
      default -> throw new AssertionError("a call that is not known: " + m.group());
    };
  }

  private static String text(String form, String arguments) {
    return Pattern.compile(form)
        .matcher(arguments)
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow(() -> new AssertionError(form + " is not in " + arguments));
  }
}
