package dev.millrace.sink.deadletter;

import dev.millrace.failure.MillraceException;
import dev.millrace.sink.write.Origin;
import java.util.Map;

/**
 * What a replay did, or would do.
 *
 * @param stored records that are stored now
 * @param refused records that were refused once more, and why; they go on waiting
 * @param passedOver letters that were meant and are not waiting: stored by an earlier replay, or by
 *     the sink, or put aside by somebody else
 */
public record Replayed(int stored, Map<Origin, MillraceException> refused, int passedOver) {

  public Replayed {
    refused = Map.copyOf(refused);
  }
}
