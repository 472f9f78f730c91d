package dev.millrace.bench.traffic;

import dev.millrace.schema.RecordType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;

/**
 * What the table of a topic must hold once everything is stored: of each key the highest revision,
 * and of those the last; what was not deleted since; and every record where there is no key. Told
 * from what was published, without the sink's code.
 */
public final class FinalRows {
  private static final String REVISION = "revision";

  private FinalRows() {}

  /** The rows after the first {@code records} records. */
  public static Collection<GenericRecord> of(Traffic traffic, long records) {
    var rows = new LinkedHashMap<String, GenericRecord>();
    for (var number = 0L; number < records; number++) {
      add(traffic.type(), number, traffic.message(number), rows);
    }
    return rows.values();
  }

  private static void add(
      RecordType type, long number, Message message, Map<String, GenericRecord> rows) {
    if (message.value().isEmpty()) {
      rows.remove(message.key());
      return;
    }
    var row = message.value().get();
    var key = type.table().orElseThrow().conflictKey();
    var name =
        key.isEmpty()
            ? Long.toString(number)
            : key.stream().map(field -> row.get(field).toString()).collect(Collectors.joining("|"));
    rows.merge(name, row, FinalRows::winner);
  }

  private static GenericRecord winner(GenericRecord earlier, GenericRecord later) {
    if (!later.hasField(REVISION)) {
      return later;
    }
    return (int) later.get(REVISION) >= (int) earlier.get(REVISION) ? later : earlier;
  }
}
