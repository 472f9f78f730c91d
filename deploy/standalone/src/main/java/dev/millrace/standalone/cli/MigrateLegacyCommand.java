package dev.millrace.standalone.cli;

import dev.millrace.catalog.Millrace;
import dev.millrace.config.Settings;
import dev.millrace.sink.Database;
import dev.millrace.sink.DatabaseConfig;
import dev.millrace.sink.legacy.LegacyCounts;
import dev.millrace.sink.legacy.LegacyMove;
import dev.millrace.sink.legacy.LegacyOptions;
import dev.millrace.sink.legacy.LegacySource;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Moves the rows of older systems' tables into ours. */
@Command(
    name = "migrate-legacy",
    description = {
      "Move the rows of optical_power_history and ssh_cli_scans into the tables of today.",
      "Run again, it goes on where it stopped; the old tables stay as they are."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./millrace migrate-legacy --database-url postgresql://millrace@localhost:5432/millrace \\",
      "      --source-schema public --dry-run"
    })
final class MigrateLegacyCommand implements Callable<Integer> {
  private static final int MAX_BATCH_ROWS = 1_000_000;

  @Mixin private DatabaseOptions database;
  @Mixin private SettingsOptions settings;
  @Mixin private LegacySourceOptions source;
  @Spec private CommandSpec spec;

  @Option(
      names = "--batch-rows",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Most rows in one transaction; ${DEFAULT-VALUE} if not given.")
  private int batchRows;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "Of times that name none; ${DEFAULT-VALUE} if not given.")
  private ZoneId timeZone;

  @Option(
      names = "--keep-expired",
      description = "Store rows past the retention of their table too.")
  private boolean keepExpired;

  @Option(
      names = "--from-start",
      description = "Read from the beginning again; what is there is not stored twice.")
  private boolean fromStart;

  @Option(names = "--dry-run", description = "Count what would happen, and change nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    if (batchRows < 1 || batchRows > MAX_BATCH_ROWS) {
      throw new ParameterException(
          spec.commandLine(),
          "--batch-rows is %d; it must be from 1 to %d".formatted(batchRows, MAX_BATCH_ROWS));
    }
    var named = new LinkedHashMap<String, String>();
    database.into(named);
    Settings values = settings.settings(named);
    var config = DatabaseConfig.from(values);
    values.requireValid(Keys.ALL, Keys.PASSED_ON);
    var options = new LegacyOptions(batchRows, timeZone, keepExpired, fromStart, dryRun);
    var progress = new LegacyProgressLines(spec.commandLine().getErr());
    try (var pool = Database.open(config.patient());
        var other = source.open()) {
      pool.check();
      var from =
          other == null
              ? new LegacySource(pool.dataSource(), source.schema(), "")
              : new LegacySource(other.dataSource(), source.schema(), source.address());
      var move = new LegacyMove(Millrace.LEGACY, from, pool.dataSource(), options);
      return report(move.run(progress::add));
    }
  }

  private int report(Map<String, LegacyCounts> moved) {
    PrintWriter out = spec.commandLine().getOut();
    moved.forEach(
        (name, counts) ->
            out.printf(
                "%s: %,d read, %,d %s, %,d already there, %,d expired, %,d refused%n",
                name,
                counts.read(),
                counts.stored(),
                dryRun ? "would be stored" : "stored",
                counts.present(),
                counts.expired(),
                counts.refused()));
    var refused = moved.values().stream().mapToLong(LegacyCounts::refused).sum();
    if (refused > 0 && !dryRun) {
      out.println("what was refused, and why, is in millrace.legacy_rejects");
    }
    return refused > 0 ? CommandErrors.DATA : 0;
  }
}
