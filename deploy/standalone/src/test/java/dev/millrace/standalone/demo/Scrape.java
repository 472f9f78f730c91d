package dev.millrace.standalone.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One reading of {@code /metrics}, taken apart as Prometheus does. */
final class Scrape {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final List<Sample> samples = new ArrayList<>();

  private record Sample(String name, Map<String, String> labels, double value) {}

  /**
   * Reads an exposition.
   *
   * @throws AssertionError if a line is not as the format has it
   */
  Scrape(String exposition) {
    exposition
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              var match = SAMPLE.matcher(line);
              if (!match.matches()) {
                throw new AssertionError(line);
              }
              var labels = match.group(2) == null ? "" : match.group(2);
              samples.add(
                  new Sample(match.group(1), labels(labels), Double.parseDouble(match.group(3))));
            });
  }

  private static Map<String, String> labels(String text) {
    var labels = new HashMap<String, String>();
    var match = LABEL.matcher(text);
    while (match.find()) {
      labels.put(match.group(1), match.group(2));
    }
    return labels;
  }

  /** Sum of the series of a name that have these labels; 0 if there is none. */
  double sum(String name, Map<String, String> labels) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name))
        .filter(sample -> sample.labels().entrySet().containsAll(labels.entrySet()))
        .mapToDouble(Sample::value)
        .sum();
  }

  double sum(String name) {
    return sum(name, Map.of());
  }

  /** The sets of labels a name has. */
  List<Map<String, String>> series(String name) {
    return samples.stream().filter(each -> each.name().equals(name)).map(Sample::labels).toList();
  }

  /** Names of meters, without what a histogram appends. */
  Set<String> meters() {
    return samples.stream()
        .map(sample -> sample.name().replaceFirst("_(?:count|sum|max|bucket)$", ""))
        .collect(Collectors.toSet());
  }

  int size() {
    return samples.size();
  }
}
