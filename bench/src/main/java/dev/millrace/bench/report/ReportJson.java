package dev.millrace.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.bench.machine.Machine;

/**
 * A report as JSON, for programs:
 *
 * <pre>{"benchmark":…, "machine":{…}, "rounds":n, "results":[{"name":…, "ours":median,
 * "other":median, "other_name":…, "unit":…, "ratio":ours/other, "target":…, "met":…,
 * "spread":[min,max] of the rounds' ratios, "details":{…}}]}</pre>
 *
 * <p>Figures have no other:
 *
 * <pre>{"benchmark":…, "machine":{…}, "rounds":n, "results":[{"name":…, "median":…, "unit":…,
 * "spread":[min,max], "details":{…}}]}</pre>
 */
public final class ReportJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double THOUSANDS = 1_000;

  private ReportJson() {}

  /** Indented, with keys in the order above. */
  public static String of(Report report) {
    var root = root(report.benchmark(), report.machine(), report.rounds());
    var results = root.putArray("results");
    report.results().forEach(result -> add(result, results));
    return root.toPrettyString();
  }

  /** The same of figures. */
  public static String of(Figures figures) {
    var root = root(figures.benchmark(), figures.machine(), figures.rounds());
    var results = root.putArray("results");
    figures.figures().forEach(figure -> add(figure, results));
    return root.toPrettyString();
  }

  private static ObjectNode root(String benchmark, Machine machine, int rounds) {
    var root = JSON.createObjectNode();
    root.put("benchmark", benchmark);
    var facts = root.putObject("machine");
    machine.facts().forEach(facts::put);
    root.put("rounds", rounds);
    return root;
  }

  private static void add(Figure figure, ArrayNode results) {
    var node = results.addObject();
    node.put("name", figure.name());
    node.put("median", rounded(figure.samples().median()));
    node.put("unit", figure.unit());
    var samples = figure.samples();
    node.putArray("spread").add(rounded(samples.min())).add(rounded(samples.max()));
    node.set("details", JSON.valueToTree(figure.details()));
  }

  private static void add(Comparison result, ArrayNode results) {
    ObjectNode node = results.addObject();
    node.put("name", result.name());
    node.put("ours", rounded(result.ours().median()));
    node.put("other", rounded(result.other().median()));
    node.put("other_name", result.otherName());
    node.put("unit", result.unit());
    node.put("ratio", rounded(result.ratio()));
    node.put("target", result.target().toString());
    node.put("met", result.met());
    var ratios = result.ratios();
    node.putArray("spread").add(rounded(ratios.min())).add(rounded(ratios.max()));
    node.set("details", JSON.valueToTree(result.details()));
  }

  private static double rounded(double value) {
    return Math.round(value * THOUSANDS) / THOUSANDS;
  }
}
