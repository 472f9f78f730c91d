package dev.millrace.bench.schema;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The time a query asks for: what decides which partitions it needs. */
sealed interface AskedTime {

  /** The first moment. */
  Instant from(Instant now);

  /** The moment after the last; empty where the query names no end. */
  Optional<Instant> until();

  /** From so long ago on, without an end. */
  record Since(Duration ago) implements AskedTime {
    @Override
    public Instant from(Instant now) {
      return now.minus(ago);
    }

    @Override
    public Optional<Instant> until() {
      return Optional.empty();
    }
  }

  /** From one moment (inclusive) to another (exclusive). */
  record Between(Instant begin, Instant end) implements AskedTime {
    @Override
    public Instant from(Instant now) {
      return begin;
    }

    @Override
    public Optional<Instant> until() {
      return Optional.of(end);
    }
  }
}
