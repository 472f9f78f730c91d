package dev.millrace.standalone.cli;

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

  void into(Map<String, String> named) {
    SettingsOptions.put(named, "database.url", url);
    SettingsOptions.put(named, "database.user", user);
    SettingsOptions.put(named, "database.password_file", passwordFile);
  }
}
