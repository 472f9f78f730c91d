package dev.millrace.bench.schema;

import dev.millrace.bench.SuiteOptions;
import dev.millrace.bench.machine.Machine;
import dev.millrace.bench.report.Comparison;
import dev.millrace.bench.report.Report;
import dev.millrace.bench.server.Flavour;
import dev.millrace.bench.server.ServerFacts;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Loads the tables where they are not loaded yet, and measures the analysts' queries on them. */
@Command(
    name = "schema",
    description = {
      "Fill hub.events and audio.metrics_agg_5s, and measure the analysts' queries on them.",
      "Each query should take less than 25 ms in the median and 50 ms at the 95th percentile,",
      "and read no partition that holds no row of the time it asks for."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./millrace bench schema --data-dir /var/tmp/bench --flavour postgresql --only hub-recent"
    })
public final class SchemaCommand implements Callable<Integer> {
  private static final List<String> NAMES =
      Arrays.stream(SchemaQuery.values()).map(SchemaQuery::title).toList();

  @Mixin private SuiteOptions suite;
  @Mixin private ServerOptions servers;
  @Mixin private ScaleOptions scale;
  @Spec private CommandSpec spec;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "200",
      description = "Runs of each query in a round, with parameters of their own.")
  private int runs;

  @Option(names = "--load-only", description = "Fill the tables, and measure no query.")
  private boolean loadOnly;

  @Override
  public Integer call() throws SQLException {
    if (suite.listed(NAMES)) {
      return 0;
    }
    var selected = suite.selected(NAMES);
    var machine = Machine.here();
    var results = new ArrayList<Comparison>();
    try (var folder = servers.folder()) {
      for (var flavour : servers.flavours()) {
        try (var server = servers.start(flavour, folder)) {
          var database = new BenchDatabase(server.database(), spec.commandLine().getErr());
          machine = machine.with(flavour.title(), load(database));
          if (!loadOnly) {
            results.addAll(measure(database, server.local(), flavour, selected));
          }
        }
      }
    }
    return loadOnly ? 0 : suite.print(new Report("schema", machine, suite.rounds(), results));
  }

  /** Says what the database is. */
  private String load(BenchDatabase database) throws SQLException {
    database.migrate();
    if (database.loaded().isEmpty()) {
      database.load(scale.scale(), scale.writers());
    }
    try (var connection = database.connect()) {
      return ServerFacts.of(connection) + "; " + database.loaded().orElseThrow().describe();
    }
  }

  private List<Comparison> measure(
      BenchDatabase database, boolean local, Flavour flavour, List<String> selected)
      throws SQLException {
    var subjects = database.loaded().orElseThrow().subjects();
    var results = new ArrayList<Comparison>();
    try (var connection = database.connect()) {
      var backend = local ? ServerFacts.backendId(connection) : OptionalLong.empty();
      var queries = new QuerySuite(connection, backend, subjects, suite.rounds(), runs);
      for (var query : SchemaQuery.values()) {
        if (selected.contains(query.title())) {
          results.addAll(queries.measure(query, flavour.title()));
        }
      }
    }
    return results;
  }
}
