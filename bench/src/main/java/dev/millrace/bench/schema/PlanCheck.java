package dev.millrace.bench.schema;

import dev.millrace.bench.report.Samples;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Looks at the plans of one query: a run must read no partition that cannot hold rows of the time
 * it asks for. One thread.
 */
final class PlanCheck {
  private final Connection connection;
  private final SchemaQuery query;

  PlanCheck(Connection connection, SchemaQuery query) {
    this.connection = connection;
    this.query = query;
  }

  /**
   * What was seen in all runs.
   *
   * @param overlapping how many partitions a run may need: the most of any run
   * @param unneeded names of those that were read and should not have been
   * @param planningMillis of every run
   * @param blocks of every run
   * @param discarded rows of every run that were read in vain
   */
  record Seen(
      int overlapping,
      List<String> unneeded,
      Samples planningMillis,
      Samples blocks,
      Samples discarded) {}

  Seen explain(List<Asked> asked) throws SQLException {
    var partitions = Partitions.of(connection, query.table());
    var overlapping = 0;
    var unneeded = new TreeSet<String>();
    var planning = new ArrayList<Double>();
    var blocks = new ArrayList<Double>();
    var discarded = new ArrayList<Double>();
    connection.setAutoCommit(false);
    try (var runner = new QueryRunner(connection, query)) {
      for (var each : asked) {
        // In one transaction, so that both speak of the same now().
        var now = runner.now();
        var plan = runner.explain(each);
        connection.commit();
        overlapping = Math.max(overlapping, partitions.neededFor(each.time(), now).size());
        unneeded.addAll(partitions.unneeded(plan.relations(), each.time(), now));
        planning.add(plan.planningMillis());
        blocks.add((double) plan.blocks());
        discarded.add((double) plan.discarded());
      }
    } finally {
      connection.setAutoCommit(true);
    }
    return new Seen(
        overlapping,
        List.copyOf(unneeded),
        new Samples(planning),
        new Samples(blocks),
        new Samples(discarded));
  }
}
