package dev.millrace.standalone.cli;

import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;
import dev.millrace.producer.Publisher;
import dev.millrace.producer.source.Line;
import dev.millrace.producer.source.RecordSource;
import dev.millrace.schema.RecordType;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Publishes the lines of a source. A line that is bad, or whose record the broker can never take,
 * is among the rejects; an outage or a wrong setting ends the run.
 */
final class LinePublisher {
  private final Publisher publisher;
  private final RecordType type;
  private final Rejects rejects;
  private final LongAdder published = new LongAdder();
  private final AtomicReference<MillraceException> fatal = new AtomicReference<>();

  LinePublisher(Publisher publisher, RecordType type, Rejects rejects) {
    this.publisher = publisher;
    this.type = type;
    this.rejects = rejects;
  }

  /**
   * Publishes every line and waits for the broker to have them.
   *
   * @return records published
   */
  long run(RecordSource source, InputLines input) {
    try (var progress = PublishProgress.on(input)) {
      var line = source.next();
      while (line.isPresent() && fatal.get() == null) {
        take(line.get());
        progress.advance(published.sum());
        line = source.next();
      }
      publisher.flush();
    }
    if (fatal.get() != null) {
      throw fatal.get();
    }
    return published.sum();
  }

  private void take(Line line) {
    if (line instanceof Line.Good good) {
      var unused =
          publisher
              .publish(type, good.record())
              .whenComplete((done, failure) -> settle(good, failure));
    } else if (line instanceof Line.Bad bad) {
      rejects.add(bad.number(), bad.raw(), bad.failure().getMessage());
    }
  }

  private void settle(Line.Good line, Throwable failure) {
    if (failure == null) {
      published.increment();
    } else if (failure instanceof MillraceException known && known.code().owner() == Owner.DATA) {
      rejects.add(line.number(), line.raw(), known.getMessage());
    } else {
      fatal.compareAndSet(null, asKnown(failure));
    }
  }

  private static MillraceException asKnown(Throwable failure) {
    return failure instanceof MillraceException known
        ? known
        : new MillraceException(CommandFailure.UNEXPECTED, "publishing failed: " + failure, failure);
  }
}
