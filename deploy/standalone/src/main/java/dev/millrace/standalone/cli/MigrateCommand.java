package dev.millrace.standalone.cli;

import dev.millrace.failure.MillraceException;
import dev.millrace.sink.Database;
import dev.millrace.sink.DatabaseConfig;
import dev.millrace.sink.migrate.Migrator;
import dev.millrace.sink.migrate.Undo;
import dev.millrace.sink.migrate.Undone;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the tables, or brings them up to date; or takes them all away again. */
@Command(
    name = "migrate",
    description = {
      "Make the tables of every record type, or bring them up to date.",
      "With --undo, drop all that this has made, with every row; nothing else."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./millrace migrate --database-url postgresql://millrace@localhost:5432/millrace"
    })
final class MigrateCommand implements Callable<Integer> {
  @Mixin private DatabaseOptions database;
  @Mixin private SettingsOptions settings;
  @Spec private CommandSpec spec;

  @Option(
      names = "--dry-run",
      description = "List what would be applied, or dropped, and change nothing.")
  private boolean dryRun;

  @Option(
      names = "--undo",
      description = "Drop what the migrations made. For development databases.")
  private boolean undo;

  @Option(names = "--yes-drop-the-data", description = "Without this, --undo drops nothing.")
  private boolean dropTheData;

  @Override
  public Integer call() {
    requireWhole();
    var named = new LinkedHashMap<String, String>();
    database.into(named);
    var values = settings.settings(named);
    var config = DatabaseConfig.from(values);
    values.requireValid(Keys.ALL, Keys.PASSED_ON);
    var out = spec.commandLine().getOut();
    try (var pool = Database.open(config.patient())) {
      pool.check();
      if (undo) {
        undo(new Undo(pool.dataSource()), out);
      } else {
        migrate(new Migrator(pool.dataSource()), out);
      }
    }
    return 0;
  }

  private void requireWhole() {
    if (undo && !dropTheData && !dryRun) {
      throw new MillraceException(
          CommandFailure.NOT_CONFIRMED,
          "--undo drops every table of Millrace with its rows: add --yes-drop-the-data to do so, or --dry-run to see what would go");
    }
    if (dropTheData && !undo) {
      throw new MillraceException(
          CommandFailure.NOT_CONFIRMED, "--yes-drop-the-data means nothing without --undo");
    }
  }

  private void migrate(Migrator migrator, PrintWriter out) {
    out.println("database " + migrator.edition());
    var versions = dryRun ? migrator.pending() : migrator.migrate();
    versions.forEach(version -> out.println((dryRun ? "pending " : "applied ") + version));
    out.printf("%d migrations %s%n", versions.size(), dryRun ? "pending" : "applied");
  }

  private void undo(Undo undo, PrintWriter out) {
    Undone undone = dryRun ? undo.plan() : undo.drop();
    undone.gone().forEach(name -> out.println((dryRun ? "would drop " : "dropped ") + name));
    undone.kept().forEach(name -> out.println("keeps " + name + ", not made by a migration"));
    out.printf("%d objects %s%n", undone.gone().size(), dryRun ? "would be dropped" : "dropped");
  }
}
