package dev.millrace.aggregate;

import dev.millrace.aggregate.window.Admission;
import dev.millrace.schema.Tier;
import dev.millrace.schema.insight.IncidentStatus;

/**
 * What the aggregator counts. Implementations are safe for use by several threads.
 *
 * <p>For every raw topic, {@code samples = folded + late + ahead + not_finite}: the sum of {@link
 * Fold#sample} by admission is every number read. And {@code records read = decoded + skipped +
 * dead-lettered}. Counters count work done: what is done again after a crash is counted again. Of a
 * topic of scores, a sample is what one record says of one entity.
 *
 * <p>Alert when late or ahead grow steadily (a source's clock), when anything is dead-lettered (a
 * producer), and when series grow without bound (a dimension that should be a label).
 */
public interface AggregatorMetrics {

  /** Counts nothing. */
  AggregatorMetrics NONE = topic -> new Fold() {};

  /** The counters of one raw topic. */
  Fold fold(String topic);

  /** The counters of one raw topic; by default, they count nothing. */
  interface Fold {
    /** A record was decoded. */
    default void decoded() {}

    /** A record cannot be decoded; the sink, which reads it too, dead-letters it. */
    default void skipped() {}

    /** A record cannot be decoded, and went to the dead letters. */
    default void deadLettered() {}

    /** A number was folded, came late or was refused. */
    default void sample(Admission admission) {}

    /** A window was published: first, or as a revision. */
    default void window(Tier tier, int revision) {}

    /** A step of an incident was published. */
    default void incident(IncidentStatus status) {}

    /** A baseline was published. */
    default void baseline() {}

    /** So many series are live in one task of the topic. */
    default void series(int partition, int count) {}

    /** So many of their windows hold what has not been published. */
    default void openWindows(int partition, long count) {}

    /** So far is the latest event time of a task behind the wall clock; 0 before the first. */
    default void behind(int partition, long millis) {}

    /** So many bytes of state were written to a changelog. */
    default void changelog(long bytes) {}
  }
}
