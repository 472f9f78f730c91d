package dev.millrace.catalog;

import dev.millrace.schema.LegacyTable;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.camera.CameraRecords;
import dev.millrace.schema.fiber.FiberRecords;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.network.NetworkLegacy;
import dev.millrace.schema.network.NetworkRecords;
import java.util.List;
import java.util.stream.Stream;

/** Every record type of the product. The engines are handed this; they never ask for it. */
public final class Millrace {

  public static final RecordCatalog CATALOG =
      new RecordCatalog(
          Stream.of(
                  AudioRecords.ALL,
                  NetworkRecords.ALL,
                  HubRecords.ALL,
                  CameraRecords.ALL,
                  FiberRecords.ALL,
                  InsightRecords.ALL)
              .<RecordType>flatMap(List::stream)
              .toList());

  /** The tables of older systems whose rows can be moved in. */
  public static final List<LegacyTable> LEGACY = NetworkLegacy.ALL;

  private Millrace() {}
}
