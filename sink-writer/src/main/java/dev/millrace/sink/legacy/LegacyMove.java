package dev.millrace.sink.legacy;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.LegacyTable;
import dev.millrace.sink.write.Sql;
import dev.millrace.sink.write.SqlFailures;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.jooq.exception.DataAccessException;

/**
 * Moves the rows of older tables into ours, in batches: read by key, mapped by the statement of the
 * table, stored and booked in one transaction each. Whatever stops it, the next run goes on after
 * the last batch that was committed; a row that is there already is not stored again. The older
 * tables stay as they are. One thread; memory for the keys of one batch. Two connections, or one of
 * each database.
 *
 * <p>A dry run rolls every batch back: nothing stays but numbers that sequences have given out.
 */
public final class LegacyMove {
  private final List<LegacyTable> tables;
  private final LegacySource source;
  private final DataSource target;
  private final LegacyOptions options;

  public LegacyMove(
      List<LegacyTable> tables, LegacySource source, DataSource target, LegacyOptions options) {
    this.tables = List.copyOf(tables);
    this.source = source;
    this.target = target;
    this.options = options;
  }

  /**
   * Moves what is left to move.
   *
   * @param progress told the name of the older table and its counts so far, after each batch
   * @return by name of the older table, what this run did; tables that are not there are left out
   * @throws MillraceException {@link LegacyFailure}, or what the database says
   */
  public Map<String, LegacyCounts> run(BiConsumer<String, LegacyCounts> progress) {
    var moved = new LinkedHashMap<String, LegacyCounts>();
    for (var table : tables) {
      try (var reading = open(source.database());
          var writing = open(target)) {
        var key = source.keyOf(reading, table);
        reading.rollback();
        if (key.isPresent()) {
          var name = source.nameOf(table);
          var counts = move(table, key.get(), reading, writing, progress);
          moved.put(name, counts);
        }
      } catch (SQLException failed) {
        throw stopped(table, failed);
      } catch (DataAccessException failed) {
        throw stopped(table, Sql.unwrap(failed));
      }
    }
    if (moved.isEmpty()) {
      throw new MillraceException(
          LegacyFailure.NO_SOURCE,
          "the schema %s has none of %s; name theirs with --source-schema"
              .formatted(source.schema(), tables.stream().map(LegacyTable::name).toList()));
    }
    return moved;
  }

  private LegacyCounts move(
      LegacyTable table,
      String key,
      Connection reading,
      Connection writing,
      BiConsumer<String, LegacyCounts> progress)
      throws SQLException {
    var name = source.nameOf(table);
    var books = new LegacyBooks(writing, name);
    books.open(options.fromStart());
    var after = books.claim(options.serverTimeZone());
    var oldest = options.keepExpired() ? OffsetDateTime.MIN : books.oldest(table);
    end(writing);
    var moved = LegacyCounts.NONE;
    while (true) {
      var booked = books.claim(options.serverTimeZone());
      after = options.dryRun() ? after : booked;
      var batch = new LegacyBatch(writing, table, name, oldest);
      var keys = batch.fill(source.read(reading, table, key, after, options.batchRows()));
      reading.rollback();
      if (keys.isEmpty()) {
        writing.rollback();
        return moved;
      }
      after = keys.get(keys.size() - 1);
      var counts = batch.store(keys);
      books.add(after, counts);
      end(writing);
      moved = moved.plus(counts);
      progress.accept(name, moved);
    }
  }

  private void end(Connection writing) throws SQLException {
    if (options.dryRun()) {
      writing.rollback();
    } else {
      writing.commit();
    }
  }

  private Connection open(DataSource database) throws SQLException {
    var connection = database.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private MillraceException stopped(LegacyTable table, SQLException failed) {
    return SqlFailures.of(
        "moving %s stopped; what was committed stays, and the next run goes on after it"
            .formatted(source.nameOf(table)),
        failed);
  }
}
