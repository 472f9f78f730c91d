package dev.millrace.aggregate.series;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.insight.Verdict;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * What people have said of incidents, of all of them in every process: see {@link KnownEntities}.
 * Safe for use by several threads.
 */
public final class KnownFeedback {
  /** The field that names the incident. */
  public static final String INCIDENT = "incident_id";

  private static final String VERDICT = "verdict";
  private static final Set<String> EXCUSED =
      Set.of(Verdict.false_positive.name(), Verdict.expected.name());

  private final Optional<KnownEntities> said;

  private KnownFeedback(Optional<KnownEntities> said) {
    this.said = said;
  }

  /** Of the topic of a type, if there is one. */
  static KnownFeedback of(Optional<RecordType> type, ProcessorContext<?, ?> context) {
    return new KnownFeedback(type.map(each -> context.getStateStore(KnownEntities.name(each))));
  }

  /** Whether an incident was expected, or none. */
  boolean excuses(UUID incident) {
    return said.map(all -> all.find(INCIDENT, incident.toString()))
        .map(feedback -> EXCUSED.contains(feedback.get(VERDICT).toString()))
        .orElse(false);
  }
}
