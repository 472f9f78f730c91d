package dev.millrace.sink.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How large the database, its tables and their partitions are. */
abstract class FiberStorage extends FiberQueries {

  FiberStorage(QueriedDatabase database) {
    super(database);
  }

  @Test
  void databaseSize() throws SQLException {
    var answer = ask("database_size", Map.of("'fiberstack'", database.name()));
    Sizes.assertPretty(answer.<String>column("pg_size_pretty").get(0), database.bytesOnDisk());
  }

  /** As it is written: a table of somebody else's, and none of ours. */
  @Test
  void tableSizesOfPublic() throws SQLException {
    database.execute(
        "CREATE TABLE IF NOT EXISTS public.bystander AS SELECT generate_series(1, 9000)");
    assertTables("table_sizes_of_public", "public", Set.of("bystander"));
  }

  @Test
  void tableSizes() throws SQLException {
    assertTables("table_sizes", "fiber", Set.of("nodes", "metrics", "windows_1h"));
  }

  private void assertTables(String query, String schema, Set<String> some) throws SQLException {
    var answer = ask(query);
    var names = answer.<String>column("tablename");
    var pretty = answer.<String>column("size");
    var sizes = Sizes.ofTables(database, schema);
    assertThat(names)
        .containsAll(some)
        .containsExactlyInAnyOrderElementsOf(
            sizes.keySet().stream().map(table -> table.substring(schema.length() + 1)).toList())
        .isSortedAccordingTo(
            Comparator.comparing((String table) -> sizes.get(schema + "." + table)).reversed());
    for (var i = 0; i < names.size(); i++) {
      Sizes.assertPretty(pretty.get(i), sizes.get(schema + "." + names.get(i)));
    }
  }

  @Test
  void chunkInformationOnEitherFlavour() throws SQLException {
    assertChunks("chunk_information_everywhere", "partition", "lower_bound", "upper_bound");
  }

  @Test
  void chunkInformationOfTimescale() throws SQLException {
    if (!database.timescale()) {
      assertRefused("chunk_information", "timescaledb_information.chunks");
      return;
    }
    assertChunks("chunk_information", "chunk_name", "range_start", "range_end");
  }

  private void assertChunks(String query, String name, String from, String to) throws SQLException {
    var expected = Partitions.of(database, "fiber.metrics", 7, base(), times());
    var answer = ask(query);
    answer.only(name, from, to).withoutSchemas().is(expected.rows());
    assertThat(answer.<Boolean>column("is_compressed")).containsOnly(false);
    List<String> sizes = answer.column("size");
    for (var i = 0; i < sizes.size(); i++) {
      Sizes.assertPretty(
          sizes.get(i), database.bytesOf("fiber.metrics", expected.newestFirst().get(i).name()));
    }
  }

  /** Nothing is compressed by this edition. */
  @Test
  void compressionStats() throws SQLException {
    if (database.timescale()) {
      assertThat(ask("compression_stats").rows()).isEmpty();
    } else {
      assertRefused("compression_stats", "chunk_compression_stats");
    }
  }

  private void assertRefused(String query, String missing) {
    assertThatThrownBy(() -> ask(query))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(missing)
        .hasMessageContaining("does not exist");
  }
}
