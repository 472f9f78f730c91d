package dev.millrace.bench.load;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.hub.Event;
import dev.millrace.schema.hub.HubRecords;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;

/** Events of the hub's assets, spread evenly over a time; some 130 bytes of JSON in each. */
public final class HubEvents implements GeneratedTable {
  private static final int BATCH = 50_000;
  private static final Utf8[] MODULES = texts("telemetry", "security", "cost", "governance");
  private static final Utf8[] TYPES =
      texts("request", "response", "latency", "usage", "login", "denied", "spend", "policy");
  private static final Utf8[] SEVERITIES = texts("info", "warning", "error", "critical");
  private static final Utf8[] ENVIRONMENTS = texts("production", "staging");
  private static final String[] REGIONS = {"eu-1", "eu-2", "us-1", "us-2", "ap-1"};
  private static final String[] STATES = {"ok", "ok", "ok", "retried", "failed"};
  private static final double CORRELATED = 0.1;

  private final long seed;
  private final long rows;
  private final TimeSpan span;
  private final Assets assets;

  public HubEvents(long seed, long rows, TimeSpan span, Assets assets) {
    this.seed = seed;
    this.rows = rows;
    this.span = span;
    this.assets = assets;
  }

  private static Utf8[] texts(String... texts) {
    var encoded = new Utf8[texts.length];
    for (var i = 0; i < texts.length; i++) {
      encoded[i] = new Utf8(texts[i]);
    }
    return encoded;
  }

  @Override
  public RecordType type() {
    return HubRecords.EVENTS;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public TimeSpan span() {
    return span;
  }

  @Override
  public int batches() {
    return (int) ((rows + BATCH - 1) / BATCH);
  }

  @Override
  public void generate(int batch, Consumer<IndexedRecord> out) {
    var random = new SplittableRandom(seed * 31 + batch);
    var event = new GenericData.Record(Event.getClassSchema());
    var end = Math.min(rows, (batch + 1L) * BATCH);
    for (var row = (long) batch * BATCH; row < end; row++) {
      fill(event, row, random);
      out.accept(event);
    }
  }

  private void fill(GenericRecord event, long row, SplittableRandom random) {
    var share = (row + random.nextDouble()) / rows;
    var asset = assets.draw(random);
    var module = random.nextInt(MODULES.length);
    event.put("id", uuid(random));
    event.put("timestamp", span.fromMicros() + (long) (share * span.micros()));
    event.put("source_module", MODULES[module]);
    event.put("event_type", TYPES[2 * module + random.nextInt(2)]);
    event.put("correlation_id", random.nextDouble() < CORRELATED ? uuid(random) : null);
    event.put("asset_id", assets.encodedName(asset));
    event.put("severity", SEVERITIES[severity(random.nextInt(100))]);
    event.put("environment", ENVIRONMENTS[random.nextInt(10) == 0 ? 1 : 0]);
    event.put("tenant_id", assets.tenantOf(asset));
    event.put("payload", payload(random));
    event.put("metadata", metadata(random));
  }

  private static int severity(int percent) {
    if (percent < 85) {
      return 0;
    }
    return percent < 96 ? 1 : percent < 99 ? 2 : 3;
  }

  private static String uuid(SplittableRandom random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private static String payload(SplittableRandom random) {
    return "{\"latency_ms\":%d,\"tokens\":%d,\"region\":\"%s\",\"status\":\"%s\",\"attempt\":%d,\"cost_usd\":%d.%02d}"
        .formatted(
            random.nextInt(2_000),
            random.nextInt(8_000),
            REGIONS[random.nextInt(REGIONS.length)],
            STATES[random.nextInt(STATES.length)],
            1 + random.nextInt(3),
            random.nextInt(3),
            random.nextInt(100));
  }

  private static String metadata(SplittableRandom random) {
    return "{\"collector\":\"c%d\",\"version\":\"1.%d\",\"sampled\":%s}"
        .formatted(random.nextInt(20), random.nextInt(10), random.nextBoolean());
  }
}
