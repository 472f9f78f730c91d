package dev.millrace.bench.schema;

import dev.millrace.bench.server.BenchFolder;
import dev.millrace.bench.server.DatabaseServer;
import dev.millrace.bench.server.Flavour;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** Which servers to measure on, and where their data lies. */
final class ServerOptions {
  @Option(
      names = "--flavour",
      paramLabel = "NAME",
      description = "One of ${COMPLETION-CANDIDATES}; both by default.")
  private Flavour only;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Folder that keeps the servers' data, so that it is loaded once. Without it, a temporary one.")
  private Path dataDir;

  @Option(
      names = "--pg-bin",
      paramLabel = "DIR",
      description =
          "Programs of the PostgreSQL to measure on; 'installed' for what pg_config names. Without it,"
              + " the PostgreSQL 17 that Millrace brings along.")
  private String programs;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description =
          "A database that runs already, in place of servers of our own. It is filled, so name an"
              + " empty one.")
  private String url;

  /** Those to measure, in order. */
  List<Flavour> flavours() {
    if (url != null) {
      return List.of(only == null ? Flavour.POSTGRESQL : only);
    }
    return only == null ? Arrays.asList(Flavour.values()) : List.of(only);
  }

  /** Where the servers' folders go. */
  BenchFolder folder() {
    return dataDir == null ? BenchFolder.scratch() : BenchFolder.kept(dataDir);
  }

  DatabaseServer start(Flavour flavour, BenchFolder folder) {
    if (url != null) {
      return DatabaseServer.running(url);
    }
    var own = folder.path().resolve(flavour.title());
    if (flavour == Flavour.TIMESCALEDB) {
      return DatabaseServer.timescale(own);
    }
    if (programs == null) {
      return DatabaseServer.embedded(own);
    }
    return programs.equals("installed")
        ? DatabaseServer.installed(own)
        : DatabaseServer.installed(Path.of(programs), own);
  }
}
