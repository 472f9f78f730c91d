package dev.millrace.standalone.cli;

import dev.millrace.failure.MillraceException;
import dev.millrace.sink.Database;
import dev.millrace.sink.DatabaseConfig;
import dev.millrace.sink.maintain.Limits;
import dev.millrace.sink.maintain.Maintenance;
import dev.millrace.sink.maintain.MaintenanceMetrics;
import dev.millrace.sink.maintain.Report;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Maintains the tables once. */
@Command(
    name = "maintain",
    description = {
      "Make partitions ahead of time, and remove what is past its retention: once.",
      "A running sink does so by itself, if its user owns the tables."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./millrace maintain --dry-run --database-url postgresql://millrace@localhost:5432/millrace"
    })
final class MaintainCommand implements Callable<Integer> {
  @Mixin private DatabaseOptions database;
  @Mixin private SettingsOptions settings;
  @Spec private CommandSpec spec;

  @Option(names = "--dry-run", description = "List what would be done, and change nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    var named = new LinkedHashMap<String, String>();
    database.into(named);
    var values = settings.settings(named);
    var config = DatabaseConfig.from(values);
    values.requireValid(Keys.ALL, Keys.PASSED_ON);
    try (var pool = Database.open(config)) {
      pool.check();
      var maintenance =
          new Maintenance(
              pool.dataSource(), Clock.systemUTC(), Limits.DEFAULT, MaintenanceMetrics.NONE);
      return dryRun ? planned(maintenance.plan()) : done(maintenance);
    }
  }

  private int planned(Report report) {
    print(report);
    spec.commandLine().getOut().printf("%d steps due%n", report.done().size());
    return outcome(report);
  }

  private int done(Maintenance maintenance) {
    var report =
        maintenance
            .run()
            .orElseThrow(
                () ->
                    new MillraceException(
                        CommandFailure.ALREADY_MAINTAINED,
                        "another process maintains this database at the moment; what is due is being done"));
    print(report);
    spec.commandLine().getOut().printf("%d steps done%n", report.done().size());
    return outcome(report);
  }

  private void print(Report report) {
    var out = spec.commandLine().getOut();
    report.done().forEach(out::println);
    report
        .waiting()
        .forEach(
            (table, rows) -> out.printf("%s: %d rows in the default partition%n", table, rows));
  }

  /** The tables that failed, and the exit code of the first. */
  private int outcome(Report report) {
    var err = spec.commandLine().getErr();
    report.failures().forEach(failed -> err.println("millrace: " + failed.getMessage()));
    return report.failures().stream()
        .findFirst()
        .map(failed -> CommandErrors.exitCode(failed.code().owner()))
        .orElse(0);
  }
}
