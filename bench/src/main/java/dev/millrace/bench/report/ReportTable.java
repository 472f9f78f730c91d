package dev.millrace.bench.report;

import dev.millrace.bench.machine.Machine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A report for people: what it ran on, then a line a result, columns aligned. */
public final class ReportTable {
  private static final List<String> HEADINGS =
      List.of("", "ours", "other", "", "unit", "ratio", "spread", "target", "");

  private static final List<String> FIGURE_HEADINGS = List.of("", "median", "unit", "spread", "");

  private ReportTable() {}

  /** Several lines, the last one without a line break. */
  public static String of(Report report) {
    var rows = report.results().stream().map(ReportTable::row).toList();
    return table(report.machine(), report.rounds(), HEADINGS, rows, Set.of(1, 2, 5));
  }

  /** The same of figures. */
  public static String of(Figures figures) {
    var rows = figures.figures().stream().map(ReportTable::row).toList();
    return table(figures.machine(), figures.rounds(), FIGURE_HEADINGS, rows, Set.of(1));
  }

  private static String table(
      Machine machine,
      int rounds,
      List<String> headings,
      List<List<String>> rows,
      Set<Integer> toTheRight) {
    var lines = new ArrayList<String>();
    machine.facts().forEach((name, fact) -> lines.add(name + ": " + fact));
    lines.add("rounds: " + rounds);
    lines.add("");
    var all = Stream.concat(Stream.of(headings), rows.stream()).toList();
    lines.addAll(aligned(all, toTheRight));
    return String.join(System.lineSeparator(), lines);
  }

  private static List<String> row(Figure figure) {
    var samples = figure.samples();
    var spread = number(samples.min()) + "-" + number(samples.max());
    return List.of(
        figure.name(),
        number(samples.median()),
        figure.unit(),
        samples.values().size() == 1 ? "-" : spread,
        details(figure.details()));
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
        (result.met() ? "" : "MISSED ") + details(result.details()));
  }

  private static String details(Map<String, Object> details) {
    return details.entrySet().stream()
        .map(detail -> detail.getKey() + " " + detail.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 1_000 ? "%,.2f" : "%,.0f", value);
  }

  /** Text to the left, figures to the right. */
  private static List<String> aligned(List<List<String>> rows, Set<Integer> toTheRight) {
    var widths = new int[rows.get(0).size()];
    rows.forEach(
        row -> Arrays.setAll(widths, column -> Math.max(widths[column], row.get(column).length())));
    return rows.stream().map(row -> line(row, widths, toTheRight)).toList();
  }

  private static String line(List<String> row, int[] widths, Set<Integer> toTheRight) {
    return IntStream.range(0, widths.length)
        .mapToObj(column -> cell(row.get(column), widths[column], toTheRight.contains(column)))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private static String cell(String text, int width, boolean toTheRight) {
    return String.format(Locale.ROOT, toTheRight ? "%" + width + "s" : "%-" + width + "s", text);
  }
}
