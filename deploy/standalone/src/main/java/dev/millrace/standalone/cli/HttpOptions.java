package dev.millrace.standalone.cli;

import dev.millrace.standalone.http.HttpConfig;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where a worker can be watched. */
final class HttpOptions {
  @Option(
      names = "--http-listen",
      paramLabel = "HOST:PORT",
      description = "Serve /metrics, /health/live and /health/ready here; off if not given.")
  private String listen;

  void into(Map<String, String> named) {
    SettingsOptions.put(named, HttpConfig.LISTEN.name(), listen);
  }
}
