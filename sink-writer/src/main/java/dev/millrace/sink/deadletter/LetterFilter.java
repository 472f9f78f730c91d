package dev.millrace.sink.deadletter;

import dev.millrace.sink.write.Origin;
import java.util.Optional;

/**
 * Which letters are meant; what is empty leaves the choice open.
 *
 * @param code why they were refused the last time
 * @param partition the partition their records were read from
 * @param offset the offset of their records
 */
public record LetterFilter(
    Optional<String> code, Optional<Integer> partition, Optional<Long> offset) {
  /** Every letter. */
  public static final LetterFilter ALL =
      new LetterFilter(Optional.empty(), Optional.empty(), Optional.empty());

  /** Whether a letter is meant that holds this record, refused with this code. */
  public boolean accepts(Origin origin, String refusedWith) {
    return code.map(refusedWith::equalsIgnoreCase).orElse(true)
        && partition.map(wanted -> wanted == origin.partition()).orElse(true)
        && offset.map(wanted -> wanted == origin.offset()).orElse(true);
  }
}
