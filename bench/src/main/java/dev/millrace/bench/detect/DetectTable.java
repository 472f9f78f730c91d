package dev.millrace.bench.detect;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report for people: a line a setting and type, then a line a setting and shape. Pure. */
final class DetectTable {
  private static final String NONE = "-";

  private DetectTable() {}

  static String of(DetectReport report) {
    var text = new StringBuilder();
    report.machine().facts().forEach((name, fact) -> text.append(name + ": " + fact + "\n"));
    text.append(
        format(
            "seed: %d, %d series of each shape and noise, one anomaly of each type%n",
            report.seed(), report.rounds()));
    text.append(
        format(
            "height: %.0f %% of the swing and %.0f standard deviations of noise, times %.1f; of a trend twice"
                + " that%n",
            100 * Plan.OF_SWING, Plan.OF_NOISE, report.size()));
    text.append(
        format(
            "found: an incident opens within it or up to %d values behind; first: of those that are the first"
                + " of their series; new level: of those behind a lasting change of level%n",
            Plan.TOLERANCE));
    for (var shape : Shape.values()) {
      text.append(format("%s: %s%n", shape, shape.meaning()));
    }
    text.append(line(report.footprint()));
    for (var setting : settings(report)) {
      text.append(section(report, setting));
    }
    return text.toString().stripTrailing();
  }

  private static String line(Footprint footprint) {
    return format(
        "a series, in bytes: %,.0f of heap; %,.0f written of a window's, %,.0f of its decisions, %,.0f where"
            + " what seldom changes has%n",
        footprint.heap(), footprint.window(), footprint.watch(), footprint.memory());
  }

  private static List<Setting> settings(DetectReport report) {
    return Arrays.stream(Setting.values())
        .filter(setting -> report.types().stream().anyMatch(row -> row.setting() == setting))
        .toList();
  }

  private static String section(DetectReport report, Setting setting) {
    var text = new StringBuilder();
    text.append(format("%n%s: %s%n", setting, told(setting)));
    text.append(
        format(
            "  %-13s %8s %6s %7s %6s %9s %11s %14s%n",
            "",
            "injected",
            "found",
            "recall",
            "first",
            "new level",
            "right type",
            "delay, windows"));
    report.types().stream()
        .filter(row -> row.setting() == setting)
        .forEach(row -> text.append(line(row)));
    text.append(format("  precision %s%n", percent(report.precision(setting))));
    text.append(
        format(
            "  %-9s %5s %7s %10s %13s  %s%n",
            "", "noise", "recall", "precision", "false/10,000", "clean: false/10,000 (of)"));
    for (var i = 0; i < report.shapes().size(); i++) {
      if (report.shapes().get(i).setting() == setting) {
        text.append(line(report.shapes().get(i), report.clean().get(i)));
      }
    }
    return text.toString();
  }

  private static String told(Setting setting) {
    return setting.settings().isEmpty()
        ? "as it is out of the box"
        : setting.settings().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
  }

  private static String line(TypeRow row) {
    var found = row.all().found();
    return format(
        "  %-13s %,8d %,6d %7s %6s %9s %11s %14s%n",
        row.type(),
        row.all().injected(),
        found,
        percent(row.all().recall()),
        percent(row.first().recall()),
        percent(row.afterNewLevel().recall()),
        percent((double) row.right() / found),
        found == 0 ? NONE : format("%,d", row.delay()));
  }

  private static String line(ShapeRow row, ShapeRow clean) {
    var missed = DetectReport.isLimited(clean) && !(clean.falseRate() < DetectReport.LIMIT);
    return format(
        "  %-9s %5s %7s %10s %13s  %6.2f (%,d)%s%n",
        row.shape(),
        percent(row.noise()),
        percent(row.recall()),
        percent(row.precision()),
        format("%.2f", row.falseRate()),
        clean.falseRate(),
        clean.judged(),
        missed ? " MISSED" : "");
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? NONE : format("%.0f %%", 100 * share);
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
