package dev.millrace.bench.sketch;

import java.util.Locale;
import java.util.stream.Collectors;

/** A report for people: a line a shape, size and sketch, then a line a work. Pure. */
final class SketchTable {
  private static final String LEGEND =
      """
      Errors: the largest of all windows and of p50, p95, p99; of the value, and of the rank.
      Other answers/bytes, in % of the windows: when the same values are added again in the same
      order; so, but stored when half are in; added in another order; merged from up to 60 parts;
      and the parts merged in another order.
      """;
  private static final int PERCENT = 100;

  private SketchTable() {}

  static String of(SketchReport report) {
    var text = new StringBuilder();
    report.machine().facts().forEach((name, fact) -> text.append(name + ": " + fact + "\n"));
    report.settings().forEach((name, setting) -> text.append(name + ": " + setting + "\n"));
    text.append("seed: " + report.seed() + "\n\n" + LEGEND);
    DataSet shape = null;
    for (var finding : report.findings()) {
      if (shape != finding.data()) {
        shape = finding.data();
        text.append("\n" + heading(shape));
      }
      text.append(line(finding));
    }
    text.append("\nNanoseconds of processor time: medians (smallest to largest)\n");
    for (var work : Work.values()) {
      text.append(line(report, work));
    }
    return text.toString().stripTrailing();
  }

  private static String heading(DataSet data) {
    return format(
        "%-34s %6s %8s %8s %8s %8s | other answers/bytes%n%8s %7s %-15s %8s %8s %8s %8s %8s | %7s %7s %7s %7s %7s%n",
        data + ": " + data.shape(),
        "value %",
        "merged",
        "rank %",
        "merged",
        "",
        "values",
        "windows",
        "sketch",
        "",
        "",
        "",
        "",
        "bytes",
        "again",
        "stored",
        "order",
        "merged",
        "order");
  }

  private static String line(Finding finding) {
    return format(
        "%,8d %,7d %-15s %8s %8s %8s %8s %,8.0f | %7s %7s %7s %7s %7s%n",
        finding.values(),
        finding.windows(),
        finding.sketch(),
        percent(finding.added().largestValue()),
        percent(finding.merged().largestValue()),
        percent(finding.added().largestRank()),
        percent(finding.merged().largestRank()),
        finding.bytes(),
        shares(finding.again()),
        shares(finding.stored()),
        shares(finding.reordered()),
        shares(finding.parted()),
        shares(finding.partsReordered()));
  }

  private static String line(SketchReport report, Work work) {
    return report.costs().stream()
        .filter(cost -> cost.work() == work)
        .map(SketchTable::cell)
        .collect(Collectors.joining("", format("%-36s", work), System.lineSeparator()));
  }

  private static String cell(Cost cost) {
    var nanos = cost.nanos();
    return format(
        "  %s %,.0f (%,.0f-%,.0f)", cost.sketch(), nanos.median(), nanos.min(), nanos.max());
  }

  /** Three digits are enough; of a very large error the size is all that matters. */
  private static String percent(double share) {
    var percent = share * PERCENT;
    return percent == 0 ? "0" : format(percent < PERCENT ? "%.3f" : "%,.0f", percent);
  }

  private static String shares(Finding.Differing differing) {
    return format("%.0f/%.0f", differing.answers() * PERCENT, differing.bytes() * PERCENT);
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
