package dev.millrace.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A report as JSON, for programs:
 *
 * <pre>{"benchmark":…, "machine":{…}, "rounds":n, "results":[{"name":…, "ours":median,
 * "other":median, "other_name":…, "unit":…, "ratio":ours/other, "target":…, "met":…,
 * "spread":[min,max] of the rounds' ratios, "details":{…}}]}</pre>
 */
public final class ReportJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double THOUSANDS = 1_000;

  private ReportJson() {}

  /** Indented, with keys in the order above. */
  public static String of(Report report) {
    var root = JSON.createObjectNode();
    root.put("benchmark", report.benchmark());
    var machine = root.putObject("machine");
    report.machine().facts().forEach(machine::put);
    root.put("rounds", report.rounds());
    var results = root.putArray("results");
    report.results().forEach(result -> add(result, results));
    return root.toPrettyString();
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
