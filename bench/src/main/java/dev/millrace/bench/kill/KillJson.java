package dev.millrace.bench.kill;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A kill test's report as JSON, for programs:
 *
 * <pre>{"benchmark":"kill", "passed":…, "seed":…, "rounds":…, "kills":…, "records":…, "seconds":…,
 * "acts":{kind:n, …}, "topics":[{"name":…, "published":…, "read":…, "stored":…, "deadLettered":…,
 * "table":{"rows":…, "checksum":…, "expectedRows":…, "expectedChecksum":…, "missing":…,
 * "unwanted":…}}]}</pre>
 */
final class KillJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private KillJson() {}

  static String of(KillReport report) {
    var root = JSON.createObjectNode();
    root.put("benchmark", "kill");
    root.put("passed", report.passed());
    root.put("seed", report.seed());
    root.put("rounds", report.rounds());
    root.put("kills", report.kills());
    root.put("records", report.records());
    root.put("seconds", report.took().toSeconds());
    var acts = root.putObject("acts");
    report.acts().forEach((act, count) -> acts.put(act.label(), count));
    root.set("topics", JSON.valueToTree(report.topics()));
    return root.toPrettyString();
  }
}
