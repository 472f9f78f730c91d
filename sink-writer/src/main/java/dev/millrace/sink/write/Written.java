package dev.millrace.sink.write;

import java.util.List;
import java.util.stream.Stream;

/**
 * What became of a batch.
 *
 * @param stored records whose row the table now holds, or whose later revision it holds
 * @param staged whether any of them went through staging
 * @param conflicted whether straight COPY was tried and met a key that was taken
 * @param refused the records that can never be stored
 */
public record Written(int stored, boolean staged, boolean conflicted, List<Refused> refused) {

  public Written {
    refused = List.copyOf(refused);
  }

  /** The same, with records that were refused before they came to the table. */
  public Written and(List<Refused> unencodable) {
    var all = Stream.concat(unencodable.stream(), refused.stream()).toList();
    return new Written(stored, staged, conflicted, all);
  }
}
