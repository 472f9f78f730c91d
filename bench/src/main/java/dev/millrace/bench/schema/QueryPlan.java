package dev.millrace.bench.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code EXPLAIN (ANALYZE, BUFFERS, VERBOSE, FORMAT JSON)} says of one run.
 *
 * @param relations {@code schema.table} of everything that was read; what the plan names and the
 *     run left out is not among them
 * @param planningMillis how long the server took to plan
 * @param executionMillis how long it took to run
 * @param blocks how many blocks of 8 KiB were looked at, in memory or not
 * @param discarded how many rows were read and found not to be asked for
 */
record QueryPlan(
    Set<String> relations,
    double planningMillis,
    double executionMillis,
    long blocks,
    long discarded) {
  private static final ObjectMapper JSON = new ObjectMapper();

  QueryPlan {
    relations = Set.copyOf(relations);
  }

  static QueryPlan parse(String json) throws JsonProcessingException {
    var explained = JSON.readTree(json).path(0);
    var plan = explained.path("Plan");
    var relations = new TreeSet<String>();
    collect(plan, relations);
    return new QueryPlan(
        relations,
        explained.path("Planning Time").asDouble(),
        explained.path("Execution Time").asDouble(),
        plan.path("Shared Hit Blocks").asLong() + plan.path("Shared Read Blocks").asLong(),
        discarded(plan));
  }

  private static void collect(JsonNode node, Set<String> relations) {
    if (node.path("Actual Loops").asDouble() == 0) {
      return;
    }
    if (node.has("Relation Name")) {
      relations.add(node.path("Schema").asText() + "." + node.path("Relation Name").asText());
    }
    node.path("Plans").forEach(child -> collect(child, relations));
  }

  /** The server gives the mean of a node's loops. */
  private static long discarded(JsonNode node) {
    var here =
        node.path("Rows Removed by Filter").asDouble()
            + node.path("Rows Removed by Index Recheck").asDouble();
    var sum = Math.round(here * node.path("Actual Loops").asDouble());
    for (var child : node.path("Plans")) {
      sum += discarded(child);
    }
    return sum;
  }
}
