package dev.millrace.standalone.demo;

import dev.millrace.aggregate.AggregatorMetrics;
import dev.millrace.aggregate.window.Admission;
import dev.millrace.producer.PublisherMetrics;
import dev.millrace.schema.insight.IncidentStatus;
import dev.millrace.sink.SinkMetrics;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** What the three components tell, added up for the progress line. Safe for several threads. */
final class Counters {
  private final LongAdder published = new LongAdder();
  private final LongAdder folded = new LongAdder();
  private final LongAdder stored = new LongAdder();
  private final LongAdder incidents = new LongAdder();
  private final LongSupplier lag;

  Counters(LongSupplier lag) {
    this.lag = lag;
  }

  /** The counts at one moment; lag in records that are published and not read yet. */
  record Reading(long published, long folded, long stored, long lag, long incidents) {}

  Reading read() {
    return new Reading(
        published.sum(), folded.sum(), stored.sum(), lag.getAsLong(), incidents.sum());
  }

  PublisherMetrics publisherMetrics() {
    return new PublisherMetrics() {
      @Override
      public void acknowledged(String topic, int bytes, long nanos) {
        published.increment();
      }
    };
  }

  AggregatorMetrics aggregatorMetrics() {
    var counted =
        new AggregatorMetrics.Fold() {
          @Override
          public void sample(Admission admission) {
            if (admission == Admission.FOLDED) {
              folded.increment();
            }
          }

          @Override
          public void incident(IncidentStatus status) {
            if (status == IncidentStatus.opened) {
              incidents.increment();
            }
          }
        };
    return topic -> counted;
  }

  SinkMetrics sinkMetrics() {
    return new SinkMetrics() {
      @Override
      public void committed(String topic, int partition, int rows, long bytes, long nanos) {
        stored.add(rows);
      }
    };
  }
}
