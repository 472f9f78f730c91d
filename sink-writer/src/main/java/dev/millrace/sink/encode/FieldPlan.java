package dev.millrace.sink.encode;

import dev.millrace.schema.wire.AvroCursor;
import dev.millrace.schema.wire.MalformedAvroException;

/**
 * One step through a record's bytes: reads what the writer wrote there, or nothing, and appends a
 * whole field of a row, length and all, or nothing. Compiled for one writer's schema; stateless.
 */
@FunctionalInterface
interface FieldPlan {

  /**
   * Takes the step.
   *
   * @throws MalformedAvroException if the bytes are not what the writer's schema says
   * @throws dev.millrace.failure.MillraceException an {@link EncodeFailure} of owner data
   */
  void append(AvroCursor in, CopyBuffer out);
}
