package dev.millrace.standalone.cli;

import dev.millrace.sink.Database;
import dev.millrace.sink.DatabaseConfig;
import java.util.LinkedHashMap;
import picocli.CommandLine.Option;

/** Where the older tables are. */
final class LegacySourceOptions {
  @Option(
      names = "--source-schema",
      paramLabel = "NAME",
      defaultValue = "public",
      description = "Schema of the old tables; ${DEFAULT-VALUE} if not given.")
  private String schema;

  @Option(
      names = "--source-url",
      paramLabel = "URL",
      description = "Another database that has the old tables; it is only read.")
  private String url;

  @Option(names = "--source-user", paramLabel = "USER", description = "Who logs in there.")
  private String user;

  @Option(
      names = "--source-password-file",
      paramLabel = "FILE",
      description = "File that holds the password.")
  private String passwordFile;

  String schema() {
    return schema;
  }

  /** The other database, checked; null if there is none. */
  Database open() {
    if (url == null) {
      return null;
    }
    var source = Database.open(config().patient());
    try {
      source.check();
      return source;
    } catch (RuntimeException failed) {
      source.close();
      throw failed;
    }
  }

  /** The other database's, without user or password. */
  String address() {
    return config().url();
  }

  private DatabaseConfig config() {
    var named = new LinkedHashMap<String, String>();
    SettingsOptions.put(named, "database.url", url);
    SettingsOptions.put(named, "database.user", user);
    SettingsOptions.put(named, "database.password_file", passwordFile);
    return DatabaseConfig.of(named);
  }
}
