package dev.millrace.bench.load;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.camera.CameraEvent;
import dev.millrace.schema.camera.CameraRecords;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;

/** What two hundred cameras see, spread evenly over a time: every other event has objects in it. */
public final class CameraEvents implements GeneratedTable {
  private static final int BATCH = 50_000;
  private static final int CAMERAS = 200;
  private static final List<String> CLASSES = List.of("person", "vehicle", "animal", "bag");
  private static final List<Utf8> NAMES =
      IntStream.range(0, CAMERAS).mapToObj(n -> new Utf8("cam-%03d".formatted(n))).toList();

  private final long seed;
  private final long rows;
  private final TimeSpan span;
  private final GenericData.EnumSymbol motion;
  private final GenericData.EnumSymbol object;

  public CameraEvents(long seed, long rows, TimeSpan span) {
    this.seed = seed;
    this.rows = rows;
    this.span = span;
    var type = CameraEvent.getClassSchema().getField("event_type").schema();
    motion = new GenericData.EnumSymbol(type, "motion");
    object = new GenericData.EnumSymbol(type, "object_detected");
  }

  @Override
  public RecordType type() {
    return CameraRecords.EVENTS;
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
    var event = new GenericData.Record(CameraEvent.getClassSchema());
    event.put("object_count", 0);
    event.put("sent_to_claude", false);
    event.put("alert_generated", false);
    var end = Math.min(rows, (batch + 1L) * BATCH);
    for (var row = (long) batch * BATCH; row < end; row++) {
      fill(event, row, random);
      out.accept(event);
    }
  }

  private void fill(GenericRecord event, long row, SplittableRandom random) {
    var share = (row + random.nextDouble()) / rows;
    event.put("event_id", row + 1);
    event.put("camera_id", NAMES.get(random.nextInt(CAMERAS)));
    event.put("event_timestamp", span.fromMicros() + (long) (share * span.micros()));
    event.put("frame_number", row);
    event.put("frame_hash", "%016x%016x".formatted(random.nextLong(), random.nextLong()));
    event.put("fps_actual", 10 + random.nextInt(2_000) / 100.0);
    event.put("motion_score", random.nextInt(10_001) / 10_000.0);
    event.put("scene_hash", "%016x".formatted(random.nextLong()));
    event.put("image_quality_score", random.nextInt(10_001) / 10_000.0);
    event.put("bandwidth_usage_bytes", random.nextInt(200_000));
    event.put("dlpu_inference_ms", random.nextInt(80));
    event.put("total_processing_ms", random.nextInt(250));
    objects(event, random.nextBoolean() ? 0 : 1 + random.nextInt(3), random);
  }

  private void objects(GenericRecord event, int count, SplittableRandom random) {
    var surest = 0.0;
    var json = new StringBuilder("[");
    for (var i = 0; i < count; i++) {
      var confidence = random.nextInt(5_000, 10_000) / 10_000.0;
      surest = Math.max(surest, confidence);
      json.append(i == 0 ? "" : ",").append(object(confidence, random));
    }
    event.put("event_type", count == 0 ? motion : object);
    event.put("object_count", count);
    event.put("objects_detected", count == 0 ? null : json.append(']').toString());
    event.put("max_object_confidence", count == 0 ? null : surest);
  }

  private static String object(double confidence, SplittableRandom random) {
    return "{\"class\":\"%s\",\"confidence\":%s,\"bbox\":[%d,%d,%d,%d],\"track_id\":%d}"
        .formatted(
            CLASSES.get(random.nextInt(CLASSES.size())),
            confidence,
            random.nextInt(1_920),
            random.nextInt(1_080),
            random.nextInt(40, 400),
            random.nextInt(40, 400),
            random.nextInt(100_000));
  }
}
