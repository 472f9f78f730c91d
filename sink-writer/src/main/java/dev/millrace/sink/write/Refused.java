package dev.millrace.sink.write;

import dev.millrace.failure.MillraceException;

/**
 * A record that can never be stored.
 *
 * @param offset its offset
 * @param stage what was being done, in Connect's words: {@code VALUE_CONVERTER}, {@code TASK_PUT}
 * @param why a failure of owner data
 */
public record Refused(long offset, String stage, MillraceException why) {
  public static final String DECODING = "VALUE_CONVERTER";
  public static final String STORING = "TASK_PUT";
}
