package dev.millrace.sink.queries;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.postgresql.util.PGInterval;
import org.postgresql.util.PGobject;

/**
 * What a query returned: whole numbers as Long, others as Double, times as Instant, intervals as
 * Duration, jsonb as trees, arrays as lists, inet and names as text.
 *
 * @param now what NOW() was to the query
 */
record Answer(Instant now, List<String> columns, List<List<Object>> rows) {
  /** Sums of the same numbers in another order differ by about this much. */
  private static final double TOLERANCE = 1e-9;

  private static final ObjectMapper JSON = new ObjectMapper();

  static Answer read(Instant now, ResultSet results) throws SQLException {
    var described = results.getMetaData();
    var columns = new ArrayList<String>();
    for (var column = 1; column <= described.getColumnCount(); column++) {
      columns.add(described.getColumnName(column));
    }
    var rows = new ArrayList<List<Object>>();
    while (results.next()) {
      var row = new ArrayList<>();
      for (var column = 1; column <= columns.size(); column++) {
        row.add(
            described.getColumnTypeName(column).equals("timestamptz")
                ? comparable(results.getObject(column, OffsetDateTime.class))
                : comparable(results.getObject(column)));
      }
      rows.add(row);
    }
    return new Answer(now, columns, rows);
  }

  static Object comparable(Object value) throws SQLException {
    if (value instanceof Integer || value instanceof Short) {
      return ((Number) value).longValue();
    }
    if (value instanceof BigDecimal || value instanceof Float) {
      return ((Number) value).doubleValue();
    }
    if (value instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    if (value instanceof Array array) {
      return Arrays.asList((Object[]) array.getArray());
    }
    if (value instanceof PGInterval interval) {
      return Duration.ofDays(interval.getDays())
          .plusHours(interval.getHours())
          .plusMinutes(interval.getMinutes())
          .plusNanos(Math.round(interval.getSeconds() * 1e6) * 1000);
    }
    if (value instanceof PGobject other) {
      return other.getType().equals("jsonb") ? json(other.getValue()) : other.getValue();
    }
    return value;
  }

  static JsonNode json(String text) {
    try {
      return text == null ? null : JSON.readTree(text);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(text, wrong);
    }
  }

  /** A row of an expectation, which may hold nulls. */
  static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }

  /** The values of one column, of a type the caller knows. */
  @SuppressWarnings("unchecked")
  <T> List<T> column(String name) {
    var index = columns.indexOf(name);
    return (List<T>) rows.stream().map(row -> row.get(index)).toList();
  }

  /** These columns alone. */
  Answer only(String... names) {
    var indexes = Arrays.stream(names).map(columns::indexOf).toList();
    return new Answer(
        now,
        List.of(names),
        rows.stream().map(row -> indexes.stream().map(row::get).toList()).toList());
  }

  /**
   * The first column by the last part of its names: which schema a partition is in, flavours differ
   * about.
   */
  Answer withoutSchemas() {
    return new Answer(
        now,
        columns,
        rows.stream()
            .map(
                row -> {
                  var shortened = new ArrayList<>(row);
                  shortened.set(0, row.get(0).toString().replaceFirst("^.*\\.", ""));
                  return (List<Object>) shortened;
                })
            .toList());
  }

  /** The same rows in the same order, and at least one. */
  void is(List<List<Object>> expected) {
    assertThat(expected).as("rows the test expects").isNotEmpty();
    assertThat(rows)
        .usingRecursiveComparison()
        .withEqualsForType(Answer::close, Double.class)
        .isEqualTo(expected);
  }

  /** The same rows, where the query leaves their order open, and at least one. */
  void isInAnyOrder(Collection<List<Object>> expected) {
    new Answer(now, columns, sorted(rows)).is(sorted(expected));
  }

  private static List<List<Object>> sorted(Collection<List<Object>> rows) {
    return rows.stream().sorted(Comparator.comparing(Answer::order)).toList();
  }

  /** Figures are rounded away: two that are as good as equal must not change the order. */
  private static String order(List<Object> row) {
    return row.stream()
        .map(value -> value instanceof Double number ? "%.5f".formatted(number) : value)
        .toList()
        .toString();
  }

  private static boolean close(Double one, Double other) {
    return Math.abs(one - other) <= TOLERANCE * Math.max(1, Math.abs(one));
  }
}
