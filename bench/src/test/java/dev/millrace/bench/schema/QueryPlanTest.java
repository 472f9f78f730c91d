package dev.millrace.bench.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueryPlanTest {

  @Test
  void namesWhatWasReadAndNotWhatWasLeftOut() throws Exception {
    var plan =
        QueryPlan.parse(
            """
            [{"Plan": {"Node Type": "Limit", "Actual Loops": 1,
                       "Shared Hit Blocks": 40, "Shared Read Blocks": 2, "Plans": [
               {"Node Type": "Append", "Actual Loops": 1, "Plans": [
                 {"Node Type": "Index Scan", "Actual Loops": 2, "Schema": "hub", "Relation Name": "events_p1",
                  "Rows Removed by Filter": 3},
                 {"Node Type": "Bitmap Heap Scan", "Actual Loops": 1, "Schema": "hub", "Relation Name": "events_p2",
                  "Plans": [{"Node Type": "Bitmap Index Scan", "Actual Loops": 1, "Index Name": "i"}]},
                 {"Node Type": "Index Scan", "Actual Loops": 0, "Schema": "hub", "Relation Name": "events_p3"}]}]},
              "Planning Time": 1.5, "Execution Time": 3.25}]
            """);
    assertThat(plan.relations()).containsExactlyInAnyOrder("hub.events_p1", "hub.events_p2");
    assertThat(plan.planningMillis()).isEqualTo(1.5);
    assertThat(plan.executionMillis()).isEqualTo(3.25);
    assertThat(plan.blocks()).isEqualTo(42);
    assertThat(plan.discarded()).isEqualTo(6);
  }
}
