package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.catalog.Fixtures;
import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.failure.FailureCode;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.SchemaFailure;
import dev.millrace.schema.network.NetworkRecords;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.schema.wire.SchemaRegistry;
import dev.millrace.sink.deadletter.DeadLetterFailure;
import dev.millrace.sink.deadletter.DeadLetters;
import dev.millrace.sink.migrate.Migrator;
import dev.millrace.sink.write.Claim;
import dev.millrace.sink.write.Progress;
import dev.millrace.sink.write.Transactions;
import dev.millrace.sink.write.WriteFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A batch is stored with its dead letters and its offset, or nothing of it is. */
@ExtendWith(DatabaseExtension.class)
class TopicStoreIT {
  private static final RecordType TYPE = NetworkRecords.PATH_READINGS;
  private static final String COUNT = "SELECT count(*) FROM network.path_metrics";
  private static final AtomicInteger SINKS = new AtomicInteger();

  private final Database database;
  private final SchemaRegistry registry = new ConfluentSchemaRegistry("mock://store", Map.of());
  private final FakeDeadLetters deadLetters = new FakeDeadLetters();
  private final String sink = "sink-" + SINKS.incrementAndGet();

  TopicStoreIT(DatabaseFixture fixture) {
    database = Database.open(DatabaseConfig.of(fixture.jdbcUrl()));
    new Migrator(database.dataSource()).migrate();
  }

  @BeforeEach
  void emptyTable() {
    number("TRUNCATE network.path_metrics; " + COUNT);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void movesOnBehindTheLastRecordOfTheBatch() {
    var store = store(registry);
    var claim = store.store(store.claim(0), List.of(good(7), bad(8), good(12)));
    assertThat(claim.nextOffset()).isEqualTo(13);
    assertThat(number(COUNT)).isEqualTo(2);
    assertThat(deadLetters.kept).extracting(each -> each.reason().offset()).containsExactly(8L);
  }

  @Test
  void storesNothingWhileADeadLetterIsNotKept() {
    var store = store(registry);
    var claim = store.claim(0);
    deadLetters.away = true;
    assertFails(DeadLetterFailure.NOT_ACKNOWLEDGED, store, claim);
    assertThat(number(COUNT)).isZero();

    deadLetters.away = false;
    store.store(claim, List.of(good(0), bad(1)));
    assertThat(number(COUNT)).isEqualTo(1);
  }

  @Test
  void aFencedWriterStoresNothing() {
    var earlier = store(registry);
    var later = store(registry);
    var claim = earlier.claim(0);
    later.claim(0);
    assertFails(WriteFailure.FENCED, earlier, claim);
    assertThat(number(COUNT)).isZero();
  }

  @Test
  void deadLettersNothingWhileTheRegistryIsAway() {
    var away = new ConfluentSchemaRegistry("http://127.0.0.1:1", Map.of());
    var store = store(away);
    assertFails(SchemaFailure.REGISTRY_UNAVAILABLE, store, store.claim(0));
    assertThat(deadLetters.kept).isEmpty();
  }

  private void assertFails(FailureCode code, TopicStore store, Claim claim) {
    assertThatThrownBy(() -> store.store(claim, List.of(good(0), bad(1))))
        .isInstanceOfSatisfying(
            MillraceException.class, failed -> assertThat(failed.code()).isEqualTo(code));
  }

  private TopicStore store(SchemaRegistry from) {
    return new TopicStore(
        TYPE,
        from,
        new Transactions(database.dataSource()),
        new Progress(sink),
        deadLetters,
        SinkMetrics.NONE);
  }

  private ConsumerRecord<byte[], byte[]> good(long offset) {
    var value = new RecordEncoder(TYPE, registry).encode(Fixtures.full(TYPE));
    return new ConsumerRecord<>(TYPE.topic(), 0, offset, null, value);
  }

  private static ConsumerRecord<byte[], byte[]> bad(long offset) {
    return new ConsumerRecord<>(TYPE.topic(), 0, offset, null, new byte[] {1});
  }

  private long number(String sql) {
    return new Transactions(database.dataSource())
        .run(
            sql,
            connection -> {
              try (var statement = connection.createStatement()) {
                statement.execute(sql);
                while (statement.getResultSet() == null) {
                  statement.getMoreResults();
                }
                statement.getResultSet().next();
                return statement.getResultSet().getLong(1);
              }
            });
  }

  /** Keeps dead letters in memory, unless it is away. */
  private static final class FakeDeadLetters implements DeadLetters {
    private final List<Aside> kept = new ArrayList<>();
    private boolean away;

    @Override
    public void keep(List<Aside> records) {
      if (away) {
        throw new MillraceException(DeadLetterFailure.NOT_ACKNOWLEDGED, "away");
      }
      kept.addAll(records);
    }

    @Override
    public void close() {}
  }
}
