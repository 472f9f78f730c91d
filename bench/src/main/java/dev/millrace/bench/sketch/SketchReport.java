package dev.millrace.bench.sketch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.millrace.bench.machine.Machine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything the suite found. Nothing in it has a target.
 *
 * @param machine for the times; the rest does not depend on it
 * @param seed of the values and the orders
 * @param findings by shape, size and sketch
 * @param costs by work and sketch
 */
record SketchReport(Machine machine, long seed, List<Finding> findings, List<Cost> costs) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .build();

  /** Its parts by name; errors and shares as numbers from 0 to 1, a quantile each. */
  String json() {
    var root = JSON.createObjectNode();
    root.put("benchmark", "sketch");
    root.set("machine", JSON.valueToTree(machine.facts()));
    root.put("seed", seed);
    root.set("sketches", JSON.valueToTree(settings()));
    root.set("quantiles", JSON.valueToTree(Accuracy.QUANTILES));
    root.set("findings", JSON.valueToTree(findings));
    var times = root.putArray("costs");
    for (var cost : costs) {
      times
          .addObject()
          .put("work", cost.work().toString())
          .put("sketch", cost.sketch().title())
          .put("nanos", cost.nanos().median())
          .set("rounds", JSON.valueToTree(cost.nanos().values()));
    }
    return root.toPrettyString();
  }

  Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    costs.forEach(cost -> settings.put(cost.sketch().title(), cost.sketch().setting()));
    return settings;
  }
}
