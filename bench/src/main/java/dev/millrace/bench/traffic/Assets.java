package dev.millrace.bench.traffic;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.hub.Asset;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.wire.MessageKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.avro.generic.GenericData;

/** The latest state of 200 assets. One record in forty is a tombstone, which deletes the row. */
public final class Assets implements Traffic {
  private static final int ASSETS = 200;
  private static final int TOMBSTONE_EVERY = 40;

  private final long seed;
  private final long fromMicros;

  public Assets(long seed, Instant from) {
    this.seed = seed;
    this.fromMicros = ChronoUnit.MICROS.between(Instant.EPOCH, from);
  }

  @Override
  public RecordType type() {
    return HubRecords.ASSETS;
  }

  @Override
  public Message message(long number) {
    var random = new SplittableRandom(seed ^ number * 0x9E3779B97F4A7C15L);
    var asset = new GenericData.Record(Asset.getClassSchema());
    asset.put("asset_id", "asset-" + random.nextInt(ASSETS));
    asset.put("asset_name", "Asset " + number);
    asset.put("asset_type", "model");
    asset.put("version", "1." + number);
    asset.put("tenant_id", "tenant-" + random.nextInt(5));
    asset.put("tags", "{\"number\":" + number + "}");
    asset.put("created_at", fromMicros);
    asset.put("updated_at", fromMicros + number * 1_000);
    var tombstone = random.nextInt(TOMBSTONE_EVERY) == 0;
    return new Message(
        MessageKey.text(type(), asset), tombstone ? Optional.empty() : Optional.of(asset));
  }
}
