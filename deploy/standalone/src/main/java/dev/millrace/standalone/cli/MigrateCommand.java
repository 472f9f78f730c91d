package dev.millrace.standalone.cli;

import dev.millrace.sink.Database;
import dev.millrace.sink.DatabaseConfig;
import dev.millrace.sink.migrate.Migrator;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the tables, or brings them up to date. */
@Command(
    name = "migrate",
    description = "Make the tables of every record type, or bring them up to date.",
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

  @Option(names = "--dry-run", description = "List what would be applied, and change nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    var named = new LinkedHashMap<String, String>();
    database.into(named);
    var values = settings.settings(named);
    var config = DatabaseConfig.from(values);
    values.requireValid(Keys.ALL, Keys.PASSED_ON);
    var out = spec.commandLine().getOut();
    try (var pool = Database.open(config)) {
      pool.check();
      var migrator = new Migrator(pool.dataSource());
      out.println("database " + migrator.edition());
      var versions = dryRun ? migrator.pending() : migrator.migrate();
      versions.forEach(version -> out.println((dryRun ? "pending " : "applied ") + version));
      out.printf("%d migrations %s%n", versions.size(), dryRun ? "pending" : "applied");
    }
    return 0;
  }
}
