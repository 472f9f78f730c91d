package dev.millrace.sink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.failure.MillraceException;
import dev.millrace.sink.Migrated;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** The fence: of two writers that claim a partition, the earlier commits nothing any more. */
@ExtendWith(DatabaseExtension.class)
class ProgressIT {
  private static final String TOPIC = "things";
  private static final AtomicInteger SINKS = new AtomicInteger();

  private final PGSimpleDataSource pool = new PGSimpleDataSource();
  private final Transactions transactions = new Transactions(pool);
  private final Progress progress = new Progress("sink-" + SINKS.incrementAndGet());

  ProgressIT(DatabaseFixture database) {
    pool.setUrl(Migrated.url(database));
  }

  @BeforeEach
  void makeTable() {
    execute("CREATE TABLE IF NOT EXISTS public.things (writer text)");
    execute("TRUNCATE public.things");
  }

  @Test
  void beginsAtTheBeginningAndRemembersWhereItWas() {
    var first = claim();
    assertThat(first).isEqualTo(new Claim(TOPIC, 0, 1, 0));
    commit(first, "first", 42);
    assertThat(claim()).isEqualTo(new Claim(TOPIC, 0, 2, 42));
  }

  @Test
  void theEarlierOfTwoWritersCommitsNothing() {
    var earlier = commit(claim(), "earlier", 10);
    var later = claim();

    assertFenced(earlier, 20);
    commit(later, "later", 20);
    assertFenced(earlier, 20);
    assertThat(writers()).isEqualTo("earlier later");
  }

  /** The earlier writer is in the middle of its transaction when the partition changes hands. */
  @Test
  void aWriterThatHangsInItsTransactionNeitherBlocksItsSuccessorNorCommits() {
    var earlier = claim();
    assertThatThrownBy(
            () ->
                transactions.run(
                    "hanging",
                    connection -> {
                      insert(connection, "earlier");
                      commit(claim(), "later", 5);
                      return progress.advance(connection, earlier, 5, 5, List.of());
                    }))
        .isInstanceOfSatisfying(MillraceException.class, ProgressIT::assertFencedCode);
    assertThat(writers()).isEqualTo("later");
  }

  /** Its rows and even its progress are locked, and it says nothing more: a stopped process. */
  @Test
  void aWriterThatNeverEndsItsTransactionIsEndedByItsSuccessor() throws SQLException {
    var earlier = claim();
    try (var hanging = pool.getConnection()) {
      hanging.setAutoCommit(false);
      progress.begin(hanging, earlier);
      insert(hanging, "earlier");
      progress.advance(hanging, earlier, 5, 5, List.of());

      var later = claim();

      assertThat(later.nextOffset()).isZero();
      assertThat(later.epoch()).isEqualTo(2);
      assertThatThrownBy(hanging::commit)
          .isInstanceOfSatisfying(
              SQLException.class,
              ended ->
                  assertThat(SqlFailures.codeOf(ended.getSQLState()))
                      .isEqualTo(WriteFailure.DATABASE_UNAVAILABLE));
      commit(later, "later", 5);
    }
    assertThat(writers()).isEqualTo("later");
  }

  /** A batch that ends in time is waited for, and its work is not lost. */
  @Test
  void aBatchUnderWayIsWaitedFor() throws Exception {
    var earlier = claim();
    try (var slow = pool.getConnection()) {
      slow.setAutoCommit(false);
      progress.begin(slow, earlier);
      insert(slow, "earlier");
      var later = CompletableFuture.supplyAsync(this::claim);
      await().until(() -> waitingForALock() == 1);
      progress.advance(slow, earlier, 5, 5, List.of());
      slow.commit();
      assertThat(later.get(10, TimeUnit.SECONDS).nextOffset()).isEqualTo(5);
    }
    assertThat(writers()).isEqualTo("earlier");
  }

  /** Somebody who may not end the other's connection still fences it. */
  @Test
  void aClaimGoesOnWithoutTheRightToEndTheOther() throws SQLException {
    var earlier = claim();
    var weak = new PGSimpleDataSource();
    weak.setUrl(pool.getUrl());
    execute("DROP ROLE IF EXISTS weak_sink");
    execute("CREATE ROLE weak_sink LOGIN IN ROLE millrace_writer");
    weak.setUser("weak_sink");
    try (var hanging = pool.getConnection()) {
      hanging.setAutoCommit(false);
      progress.begin(hanging, earlier);

      var later =
          new Transactions(weak)
              .run("claiming", connection -> progress.claim(connection, TOPIC, 0));

      assertThat(later.epoch()).isEqualTo(2);
      assertThatThrownBy(() -> progress.advance(hanging, earlier, 5, 5, List.of()))
          .isInstanceOfSatisfying(MillraceException.class, ProgressIT::assertFencedCode);
    } finally {
      execute("DROP ROLE weak_sink");
    }
  }

  /** After a commit whose answer was lost, the same batch cannot commit again. */
  @Test
  void aBatchCommitsOnceEvenIfItsWriterDoesNotKnow() {
    var claim = claim();
    commit(claim, "once", 10);
    assertFenced(claim, 10);
    assertThat(writers()).isEqualTo("once");
  }

  private void assertFenced(Claim claim, long next) {
    assertThatThrownBy(() -> commit(claim, "fenced", next))
        .isInstanceOfSatisfying(MillraceException.class, ProgressIT::assertFencedCode)
        .hasMessageContaining("things-0@");
  }

  private static void assertFencedCode(MillraceException failed) {
    assertThat(failed.code()).isEqualTo(WriteFailure.FENCED);
  }

  private int waitingForALock() {
    return transactions.run(
        "asking",
        connection -> {
          try (var statement = connection.createStatement();
              var rows =
                  statement.executeQuery(
                      "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory'")) {
            rows.next();
            return rows.getInt(1);
          }
        });
  }

  private Claim claim() {
    return transactions.run("claiming", connection -> progress.claim(connection, TOPIC, 0));
  }

  private Claim commit(Claim claim, String writer, long next) {
    return transactions.run(
        "storing",
        connection -> {
          insert(connection, writer);
          return progress.advance(connection, claim, next, 1, List.of());
        });
  }

  private static void insert(Connection connection, String writer) throws SQLException {
    try (var statement = connection.prepareStatement("INSERT INTO public.things VALUES (?)")) {
      statement.setString(1, writer);
      statement.execute();
    }
  }

  private String writers() {
    return transactions.run(
        "reading",
        connection -> {
          try (var statement = connection.createStatement();
              var rows =
                  statement.executeQuery(
                      "SELECT string_agg(writer, ' ' ORDER BY writer) FROM public.things")) {
            rows.next();
            return rows.getString(1);
          }
        });
  }

  private void execute(String sql) {
    transactions.run(
        sql,
        connection -> {
          try (var statement = connection.createStatement()) {
            return statement.execute(sql);
          }
        });
  }
}
