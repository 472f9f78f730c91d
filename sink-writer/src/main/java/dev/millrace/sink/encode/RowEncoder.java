package dev.millrace.sink.encode;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.SchemaFailure;
import dev.millrace.schema.wire.AvroCursor;
import dev.millrace.schema.wire.MalformedAvroException;
import dev.millrace.schema.wire.SchemaRegistry;
import dev.millrace.schema.wire.Undecodable;
import dev.millrace.schema.wire.WireFormat;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Straight from wire-format bytes to a row of binary COPY, whatever schema the record was written
 * with. Each writer's schema is fetched once by its id and compiled once; after that a row costs no
 * object, but for text that has to be taken apart and for JSON. One thread.
 */
public final class RowEncoder {
  private final RowPlan row;
  private final SchemaRegistry registry;
  private final UnknownFields unknown;
  private final Undecodable undecodable;
  private final Map<Integer, RowSteps> known = new HashMap<>();
  private final AvroCursor cursor = new AvroCursor();
  private int latestId = -1;
  private RowSteps latest;

  public RowEncoder(RowPlan row, SchemaRegistry registry) {
    this(row, registry, UnknownFields.IGNORED);
  }

  /** Encodes, and tells of fields that records have and {@code row} does not. */
  public RowEncoder(RowPlan row, SchemaRegistry registry, UnknownFields unknown) {
    this.row = row;
    this.registry = registry;
    this.unknown = unknown;
    this.undecodable = new Undecodable(row.schema());
  }

  /**
   * Appends one row; leaves the buffer as it was if that fails.
   *
   * @throws MillraceException {@link SchemaFailure#UNDECODABLE} or {@link
   *     SchemaFailure#UNKNOWN_SCHEMA_ID} if the bytes can never be read, {@link
   *     SchemaFailure#REGISTRY_UNAVAILABLE} if they may be later, an {@link EncodeFailure} of owner
   *     data if they can be read and not be stored
   */
  public void append(byte[] value, CopyBuffer out) {
    var id = undecodable.schemaIdOf(value);
    var steps = stepsOf(id);
    var begin = out.size();
    try {
      cursor.read(value, WireFormat.HEADER_BYTES);
      steps.append(cursor, out);
      requireEnd();
    } catch (MalformedAvroException broken) {
      out.truncate(begin);
      throw undecodable.notAvro(id, broken);
    } catch (MillraceException unfit) {
      try {
        requireReadable(value, id, steps, out);
      } finally {
        out.truncate(begin);
      }
      throw unfit;
    }
  }

  /** Bytes that are no record at all are not judged by the values they seem to hold. */
  private void requireReadable(byte[] value, int id, RowSteps steps, CopyBuffer scratch) {
    try {
      cursor.read(value, WireFormat.HEADER_BYTES);
      steps.requireReadable(cursor, scratch);
      requireEnd();
    } catch (MalformedAvroException broken) {
      throw undecodable.notAvro(id, broken);
    }
  }

  private void requireEnd() {
    if (!cursor.isAtEnd()) {
      throw new MalformedAvroException("bytes left over after the record");
    }
  }

  private RowSteps stepsOf(int id) {
    if (id != latestId || latest == null) {
      var steps = known.get(id);
      if (steps == null) {
        steps = compile(id);
        known.put(id, steps);
      }
      latest = steps;
      latestId = id;
    }
    return latest;
  }

  private RowSteps compile(int id) {
    var json = registry.schemaById(id);
    try {
      var steps = new RowSteps(new Schema.Parser().parse(json), row);
      if (!steps.unknown().isEmpty()) {
        unknown.skipped(id, steps.unknown());
      }
      return steps;
    } catch (AvroRuntimeException | MalformedAvroException unusable) {
      throw undecodable.unreadable(id, unusable);
    }
  }
}
