package dev.millrace.standalone.cli;

import dev.millrace.config.Key;
import dev.millrace.sink.DatabaseConfig;
import java.util.Map;
import picocli.CommandLine.Option;

/** How to reach the database. */
final class DatabaseOptions {
  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "jdbc:postgresql://host:port/db or postgresql://user@host:port/db.")
  private String url;

  @Option(names = "--database-user", paramLabel = "USER", description = "Database user.")
  private String user;

  @Option(
      names = "--database-password-file",
      paramLabel = "FILE",
      description = "File that holds the password; or set MILLRACE_DATABASE_PASSWORD.")
  private String passwordFile;

  void into(Map<Key, String> named) {
    SettingsOptions.put(named, DatabaseConfig.URL, url);
    SettingsOptions.put(named, DatabaseConfig.USER, user);
    SettingsOptions.put(named, PASSWORD_FILE, passwordFile);
  }

  private static final Key PASSWORD_FILE =
      new Key(DatabaseConfig.PASSWORD.name() + "_file", null, "file with the password");
}
