package dev.millrace.aggregate.baseline;

/** Is told of every baseline that is to be published. */
@FunctionalInterface
public interface BaselineListener {

  /** A slot became usable, or its hour has ended. The slot goes on living. */
  void learned(SeasonSlot season, Slot slot);
}
