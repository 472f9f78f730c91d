package dev.millrace.aggregate.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The store inside Kafka Streams' own machinery, with a counter as its state. */
class LiveStoreTest {
  private final AtomicLong written = new AtomicLong();
  private final LongCodec codec = new LongCodec();
  private TopologyTestDriver driver = driver();

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void whatChangedIsWrittenOnceACommitHoweverOftenItChanged() {
    send("a", "3");
    assertThat(changelog()).containsExactly("a=3");
    send("a", "2");
    send("b", "1");
    assertThat(changelog()).containsExactly("a=5", "b=1");
  }

  @Test
  void nothingIsWrittenOfWhatDidNotChange() {
    send("a", "1");
    changelog();
    var before = written.get();
    send("b", "1");
    assertThat(changelog()).containsExactly("b=1");
    assertThat(written.get())
        .as("bytes of the key and the value")
        .isEqualTo(before + 1 + encoded(1).length);
  }

  @Test
  void whatIsForgottenIsDeletedFromTheChangelog() {
    send("a", "1");
    send("a", "forget");
    assertThat(changelog()).containsExactly("a=1", "a=null");
    send("a", "4");
    assertThat(changelog()).containsExactly("a=4");
  }

  @Test
  void theChangelogRestoresTheStateAndIsDecodedWhenAskedFor() {
    send("a", "3");
    send("b", "5");
    send("a", "4");
    send("c", "1");
    send("c", "forget");
    var records =
        driver
            .createOutputTopic(CHANGELOG, new ByteArrayDeserializer(), new ByteArrayDeserializer())
            .readKeyValuesToList();
    driver.close();
    driver = driver();
    records.forEach(record -> store().restore(record.key, record.value));
    assertThat(store().size()).isEqualTo(2);
    assertThat(codec.decoded).isZero();
    send("a", "1");
    assertThat(changelog()).containsExactly("a=8");
    assertThat(codec.decoded).isEqualTo(1);
  }

  @Test
  void aRestoredRecordReplacesALiveState() {
    send("a", "3");
    store().clearCache();
    store().restore("a".getBytes(StandardCharsets.UTF_8), encoded(10));
    send("a", "1");
    assertThat(changelog()).last().isEqualTo("a=11");
  }

  @Test
  void closingEmptiesItSoThatItCanBeOpenedAgain() {
    send("a", "3");
    var store = store();
    store.close();
    assertThat(store.size()).isZero();
    assertThat(store.isOpen()).isFalse();
  }

  @Test
  void itCannotBeBuiltWithoutItsChangelog() {
    var builder = new LiveStoreBuilder<>("counts", () -> codec, bytes -> {});
    assertThat(builder.loggingEnabled()).isTrue();
    assertThatThrownBy(builder::withLoggingDisabled)
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static final String CHANGELOG = "test-counts-changelog";

  private TopologyTestDriver driver() {
    var topology = new Topology();
    topology.addSource("in", new StringDeserializer(), new StringDeserializer(), "in");
    topology.addProcessor("count", Counting::new, "in");
    topology.addStateStore(
        new LiveStoreBuilder<>("counts", () -> codec, written::addAndGet), "count");
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    return new TopologyTestDriver(topology, properties, Instant.EPOCH);
  }

  @SuppressWarnings("unchecked") // the driver knows stores by name alone
  private LiveStore<long[]> store() {
    return (LiveStore<long[]>) driver.getStateStore("counts");
  }

  private void send(String key, String value) {
    driver
        .createInputTopic("in", new StringSerializer(), new StringSerializer())
        .pipeInput(key, value);
  }

  private List<String> changelog() {
    var lines = new ArrayList<String>();
    driver
        .createOutputTopic(CHANGELOG, new StringDeserializer(), new ByteArrayDeserializer())
        .readKeyValuesToList()
        .forEach(
            record ->
                lines.add(
                    record.key
                        + "="
                        + (record.value == null
                            ? "null"
                            : new StateReader(record.value).readLong())));
    return lines;
  }

  private static byte[] encoded(long value) {
    var out = new StateWriter();
    out.writeLong(value);
    return out.toByteArray();
  }

  private static final class LongCodec implements WholeCodec<long[]> {
    private int decoded;

    @Override
    public void encode(long[] state, StateWriter out) {
      out.writeLong(state[0]);
    }

    @Override
    public long[] decode(StateReader in) {
      decoded++;
      return new long[] {in.readLong()};
    }
  }

  /** Adds each value, one by one, to the count of its key; or forgets the key. */
  private static final class Counting extends ContextualProcessor<String, String, Void, Void> {

    @Override
    public void process(Record<String, String> record) {
      LiveStore<long[]> store = context().getStateStore("counts");
      var key = StateKey.of(record.key().getBytes(StandardCharsets.UTF_8));
      var entry = store.find(key);
      if (record.value().equals("forget")) {
        store.remove(entry);
        return;
      }
      if (entry == null) {
        entry = store.create(key, new long[1]);
      }
      for (var i = 0; i < Integer.parseInt(record.value()); i++) {
        entry.value()[0]++;
        store.change(entry);
      }
    }
  }
}
