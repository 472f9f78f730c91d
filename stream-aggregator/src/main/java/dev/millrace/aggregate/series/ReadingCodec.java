package dev.millrace.aggregate.series;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.enrich.Reading;

/** The latest reading of an entity as bytes. One instance a store. */
final class ReadingCodec implements WholeCodec<Reading> {
  private final int counters;

  ReadingCodec(int counters) {
    this.counters = counters;
  }

  @Override
  public void encode(Reading state, StateWriter out) {
    state.encode(out);
  }

  @Override
  public Reading decode(StateReader in) {
    return Reading.decode(in, counters);
  }
}
