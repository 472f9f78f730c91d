package dev.millrace.bench.sink;

import dev.millrace.bench.load.CopyFile;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The same rows by {@code psql \copy … (format binary)}, from a file for each partition of the
 * topic: as many connections, and one transaction each.
 */
final class CopySide implements Side {
  private final Psql psql;
  private final long rows;
  private final List<String> scripts;

  private CopySide(Psql psql, long rows, List<String> scripts) {
    this.psql = psql;
    this.rows = rows;
    this.scripts = scripts;
  }

  /** Writes the files. */
  static CopySide of(Load load, TargetTable table, Psql psql, Path folder) throws SQLException {
    var files = new ArrayList<CopyFile>();
    try (var connection = table.connect()) {
      for (var partition = 0; partition < load.partitions(); partition++) {
        files.add(new CopyFile(file(folder, load, partition), connection, load.type()));
      }
      load.forEach((row, partition) -> files.get((int) partition).add(row));
    } finally {
      files.forEach(CopyFile::close);
    }
    return new CopySide(
        psql,
        load.rows(),
        files.stream()
            .map(
                file ->
                    "\\copy %s from '%s' (format binary)%n".formatted(file.target(), file.path()))
            .toList());
  }

  /** Where the rows of a partition are. */
  static Path file(Path folder, Load load, int partition) {
    return folder.resolve("%s-%d.copy".formatted(load.name(), partition));
  }

  @Override
  public String name() {
    return "psql \\copy";
  }

  @Override
  public boolean warmsUp() {
    return false;
  }

  @Override
  public Run run() throws InterruptedException {
    return Run.of(rows, psql.run(scripts));
  }

  @Override
  public void close() {
    // The files go with their folder.
  }
}
