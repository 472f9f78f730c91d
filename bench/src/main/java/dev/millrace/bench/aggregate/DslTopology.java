package dev.millrace.bench.aggregate;

import dev.millrace.schema.wire.MessageKey;
import dev.millrace.schema.wire.RecordDecoder;
import dev.millrace.schema.wire.RecordEncoder;
import dev.millrace.schema.wire.SchemaRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;

/**
 * The windows of {@link FoldCatalog#fiveSeconds} as a user of the DSL would write them: grouped by
 * the message key, which is the series, with a fixed-length value serde and caching on.
 */
final class DslTopology {
  private static final Duration SIZE = Duration.ofSeconds(5);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final int FIGURES_BYTES = 5 * Long.BYTES;

  private DslTopology() {}

  /** The figures of a window. */
  private record Figures(long count, double min, double max, double sum, double last) {
    static Figures none() {
      return new Figures(0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, 0);
    }

    Figures plus(double value) {
      return new Figures(count + 1, Math.min(min, value), Math.max(max, value), sum + value, value);
    }
  }

  private record Sample(String asset, String metric, long micros, double value) {}

  static Topology of(String from, SchemaRegistry registry, boolean inMemory) {
    var builder = new StreamsBuilder();
    builder.stream(
            from,
            Consumed.with(Serdes.ByteArray(), samples(registry))
                .withTimestampExtractor((message, latest) -> time(message.value())))
        .groupByKey()
        .windowedBy(TimeWindows.ofSizeAndGrace(SIZE, GRACE))
        .aggregate(
            Figures::none,
            (key, sample, figures) -> figures.plus(sample.value()),
            Materialized.<byte[], Figures>as(store(inMemory))
                .withKeySerde(Serdes.ByteArray())
                .withValueSerde(figures())
                .withCachingEnabled())
        .toStream()
        .map(encoding(registry))
        .to(FoldCatalog.WINDOWS.topic(), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
    return builder.build();
  }

  private static long time(Object sample) {
    return ((Sample) sample).micros() / 1_000;
  }

  private static WindowBytesStoreSupplier store(boolean inMemory) {
    var kept = SIZE.plus(GRACE);
    return inMemory
        ? Stores.inMemoryWindowStore("windows", kept, SIZE, false)
        : Stores.persistentWindowStore("windows", kept, SIZE, false);
  }

  private static org.apache.kafka.streams.kstream.KeyValueMapper<
          Windowed<byte[]>, Figures, KeyValue<byte[], byte[]>>
      encoding(SchemaRegistry registry) {
    var encoder = new RecordEncoder(FoldCatalog.WINDOWS, registry);
    var record = new GenericData.Record(FoldCatalog.WINDOW);
    return (window, figures) -> {
      var parts = MessageKey.parts(window.key());
      record.put("asset_id", parts.get(1));
      record.put("metric_name", "load");
      record.put("begin", window.window().start() * 1_000);
      record.put("length", SIZE.toNanos() / 1_000);
      record.put("revision", 0);
      record.put("count", figures.count());
      record.put("min", figures.min());
      record.put("max", figures.max());
      record.put("sum", figures.sum());
      record.put("last", figures.last());
      return KeyValue.pair(MessageKey.of(FoldCatalog.WINDOWS, record), encoder.encode(record));
    };
  }

  private static Serde<Sample> samples(SchemaRegistry registry) {
    var schema = dev.millrace.schema.hub.Sample.getClassSchema();
    var decoder = new RecordDecoder(schema, registry);
    var reused = new GenericRecord[1];
    Deserializer<Sample> reading =
        (topic, bytes) -> {
          reused[0] = decoder.decode(bytes, reused[0]);
          return new Sample(
              reused[0].get("asset_id").toString(),
              reused[0].get("metric_name").toString(),
              (Long) reused[0].get("timestamp"),
              (Double) reused[0].get("value"));
        };
    Serializer<Sample> none =
        (topic, sample) -> {
          throw new UnsupportedOperationException("samples are only read");
        };
    return Serdes.serdeFrom(none, reading);
  }

  private static Serde<Figures> figures() {
    Serializer<Figures> writing =
        (topic, figures) ->
            figures == null
                ? null
                : ByteBuffer.allocate(FIGURES_BYTES)
                    .putLong(figures.count())
                    .putDouble(figures.min())
                    .putDouble(figures.max())
                    .putDouble(figures.sum())
                    .putDouble(figures.last())
                    .array();
    Deserializer<Figures> reading =
        (topic, bytes) -> {
          if (bytes == null) {
            return null;
          }
          var in = ByteBuffer.wrap(bytes);
          return new Figures(
              in.getLong(), in.getDouble(), in.getDouble(), in.getDouble(), in.getDouble());
        };
    return Serdes.serdeFrom(writing, reading);
  }
}
