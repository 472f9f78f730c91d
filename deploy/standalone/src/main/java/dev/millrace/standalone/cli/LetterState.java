package dev.millrace.standalone.cli;

import dev.millrace.sink.write.AsideBook;

/** What became of the record of a letter. */
enum LetterState {
  /** It is not stored. */
  WAITING,
  /** A replay has stored it. */
  REPLAYED,
  /**
   * The sink of this name did not move on without it: the transaction that should have failed, and
   * the record was stored; or the letter is the aggregator's.
   */
  UNCLAIMED;

  /** The state by what the book has of it; null for nothing. */
  static LetterState of(AsideBook.Entry entry) {
    if (entry == null) {
      return UNCLAIMED;
    }
    return entry.waiting() ? WAITING : REPLAYED;
  }
}
