package dev.millrace.standalone.cli;

import dev.millrace.config.Settings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/**
 * Where any command gets its settings from: {@code -D} and the named options win over {@code
 * MILLRACE_*}, that over the file, that over the defaults.
 */
final class SettingsOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Properties file with any of the keys in docs/configuration.md.")
  private Path file;

  @Option(
      names = {"-D", "--set-key"},
      paramLabel = "KEY=VALUE",
      description = "Set any configuration key; may be given again.")
  private Map<String, String> keys = Map.of();

  /**
   * The settings, with the named options on top.
   *
   * @param named by key name, only those given
   */
  Settings settings(Map<String, String> named) {
    return settings(named, Map.of());
  }

  /**
   * The settings of a command that has defaults of its own.
   *
   * @param named by key name, only those given
   * @param defaults by key name: what counts where nothing is given
   */
  Settings settings(Map<String, String> named, Map<String, String> defaults) {
    var flags = new LinkedHashMap<>(keys);
    flags.putAll(named);
    var lowest = new LinkedHashMap<>(defaults);
    if (file != null) {
      lowest.putAll(Settings.readFile(file));
    }
    return new Settings(flags, System.getenv(), lowest);
  }

  /** Puts an option among the named ones, unless it was not given. */
  static void put(Map<String, String> named, String key, Object value) {
    if (value != null) {
      named.put(key, value.toString());
    }
  }
}
