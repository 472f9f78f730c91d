package dev.millrace.sink.write;

import java.util.List;
import java.util.stream.Stream;

/**
 * What became of a batch, or of a part of one.
 *
 * @param stored records whose row the table now holds, or whose later revision it holds, or that
 *     have deleted theirs
 * @param bytes of the rows, encoded
 * @param staged whether any of them went through staging
 * @param conflicted whether straight COPY was tried and met a key that was taken
 * @param refused the records that can never be stored
 */
public record Written(
    int stored, long bytes, boolean staged, boolean conflicted, List<Refused> refused) {

  /** Of no record at all. */
  public static final Written NOTHING = new Written(0, 0, false, false, List.of());

  public Written {
    refused = List.copyOf(refused);
  }

  /** Of so many tombstones, some of which are refused. */
  public static Written ofTombstones(int count, List<Refused> refused) {
    return new Written(count - refused.size(), 0, false, false, refused);
  }

  /** The same, with records that were refused before they came to the table. */
  public Written and(List<Refused> unencodable) {
    return and(new Written(0, 0, false, false, unencodable));
  }

  /** Of both. */
  public Written and(Written other) {
    return new Written(
        stored + other.stored,
        bytes + other.bytes,
        staged || other.staged,
        conflicted || other.conflicted,
        Stream.concat(refused.stream(), other.refused.stream()).toList());
  }
}
