package dev.millrace.standalone.cli;

import dev.millrace.config.Settings;
import dev.millrace.schema.RecordType;
import dev.millrace.sink.Database;
import dev.millrace.sink.DatabaseConfig;
import dev.millrace.sink.SinkConfig;
import dev.millrace.sink.deadletter.LetterReader;
import dev.millrace.sink.write.AsideBook;
import dev.millrace.sink.write.Origin;
import dev.millrace.sink.write.Transactions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** Where dead letters are read from, and who knows what became of them: Kafka and the database. */
final class LetterSource {
  private static final String SUFFIX = ".dlq";

  @Mixin private KafkaOptions kafka;
  @Mixin private DatabaseOptions database;
  @Mixin private SettingsOptions settings;

  /**
   * What is open while a command runs.
   *
   * @param connection how to reach Kafka
   * @param letters reads the letters
   * @param pool connections to the database
   * @param book what the sink has put aside
   */
  record Opened(Connection connection, LetterReader letters, Database pool, AsideBook book)
      implements AutoCloseable {

    /** The type of a topic, or of its dead-letter topic. */
    RecordType type(String topic) {
      var name =
          topic.endsWith(SUFFIX) ? topic.substring(0, topic.length() - SUFFIX.length()) : topic;
      return connection.catalog().byTopic(name);
    }

    /** The types of one topic, or all. */
    List<RecordType> types(Optional<String> topic) {
      return topic.map(this::type).map(List::of).orElseGet(connection.catalog()::types);
    }

    Transactions transactions() {
      return new Transactions(pool.dataSource());
    }

    Map<Origin, AsideBook.Entry> entries(RecordType type) {
      return transactions()
          .run(
              "reading what is put aside of " + type.topic(),
              each -> book.entries(each, type.topic()));
    }

    @Override
    public void close() {
      letters.close();
      pool.close();
    }
  }

  /** Connects to servers that answer. */
  Opened open() {
    var named = new LinkedHashMap<String, String>();
    kafka.into(named);
    database.into(named);
    Settings values = settings.settings(named);
    var connection = Connection.from(values);
    var databaseConfig = DatabaseConfig.from(values);
    var sink = SinkConfig.from(values);
    values.requireValid(Keys.ALL, Keys.PASSED_ON);
    connection.requireBroker();
    var pool = Database.open(databaseConfig);
    try {
      pool.check();
      return new Opened(
          connection, LetterReader.connect(connection.kafka()), pool, new AsideBook(sink.group()));
    } catch (RuntimeException failed) {
      pool.close();
      throw failed;
    }
  }
}
