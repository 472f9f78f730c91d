package dev.millrace.sink;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.Table;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log what of the records is not stored, and what to do if it should be: once for all
 * partitions, batches and records. Safe for use by several threads; holds a line each.
 */
final class Unstored {
  private static final Logger LOG = LoggerFactory.getLogger(Unstored.class);

  private final Set<String> said = ConcurrentHashMap.newKeySet();

  /** This version knows the fields and the table has no columns for them, as may be meant. */
  void withoutColumn(RecordType type, Table table, List<String> fields) {
    var line =
        "%s has no column for the fields %s of %s; if they should be stored, add the columns in a migration: they are filled within half a minute"
            .formatted(table, fields, type.topic());
    if (!fields.isEmpty() && said.add(line)) {
      LOG.info(line);
    }
  }

  /** Whoever publishes them has a newer version than this sink. */
  void unknown(RecordType type, int schemaId, List<String> fields) {
    var line =
        "records of %s with schema id %d have the fields %s, which this version of the sink does not know and does not store; upgrade it and run `millrace migrate`"
            .formatted(type.topic(), schemaId, fields);
    if (said.add(line)) {
      LOG.warn(line);
    }
  }
}
