package dev.millrace.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A report for people: what it ran on, then a line a result, columns aligned. */
public final class ReportTable {
  private static final List<String> HEADINGS =
      List.of("", "ours", "other", "", "unit", "ratio", "spread", "target", "");

  private ReportTable() {}

  /** Several lines, the last one without a line break. */
  public static String of(Report report) {
    var lines = new ArrayList<String>();
    report.machine().facts().forEach((name, fact) -> lines.add(name + ": " + fact));
    lines.add("rounds: " + report.rounds());
    lines.add("");
    var rows = new ArrayList<List<String>>();
    rows.add(HEADINGS);
    report.results().forEach(result -> rows.add(row(result)));
    lines.addAll(aligned(rows));
    return String.join(System.lineSeparator(), lines);
  }

  private static List<String> row(Comparison result) {
    var ratios = result.ratios();
    return List.of(
        result.name(),
        number(result.ours().median()),
        number(result.other().median()),
        result.otherName(),
        result.unit(),
        String.format(Locale.ROOT, "%.2f", result.ratio()),
        String.format(Locale.ROOT, "%.2f-%.2f", ratios.min(), ratios.max()),
        result.target().toString(),
        (result.met() ? "" : "MISSED ") + details(result));
  }

  private static String details(Comparison result) {
    return result.details().entrySet().stream()
        .map(detail -> detail.getKey() + " " + detail.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 1_000 ? "%,.2f" : "%,.0f", value);
  }

  /** Text to the left, figures to the right. */
  private static List<String> aligned(List<List<String>> rows) {
    var widths = new int[HEADINGS.size()];
    rows.forEach(
        row -> Arrays.setAll(widths, column -> Math.max(widths[column], row.get(column).length())));
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(column -> cell(row.get(column), column, widths[column]))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private static String cell(String text, int column, int width) {
    var figure = column == 1 || column == 2 || column == 5;
    return String.format(Locale.ROOT, figure ? "%" + width + "s" : "%-" + width + "s", text);
  }
}
