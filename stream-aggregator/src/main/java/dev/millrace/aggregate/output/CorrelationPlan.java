package dev.millrace.aggregate.output;

import dev.millrace.aggregate.correlate.Finding;
import dev.millrace.aggregate.correlate.SeriesName;
import dev.millrace.schema.Insight;
import dev.millrace.schema.insight.MetricCorrelation;
import java.util.Locale;

/** How correlations become records. Immutable. */
public final class CorrelationPlan {
  private final Insight.Correlations spec;

  public CorrelationPlan(Insight.Correlations spec) {
    this.spec = spec;
  }

  /** The record of one step in the life of a correlation. */
  public MetricCorrelation record(Finding finding) {
    var correlation = new MetricCorrelation();
    fill(correlation, spec.a(), finding.a());
    fill(correlation, spec.b(), finding.b());
    correlation.setCorrelationCoefficient(finding.correlation());
    correlation.setCorrelationType(type(finding));
    correlation.setLagSeconds(finding.lagSeconds());
    correlation.setConfidenceScore(finding.confidence());
    correlation.setSampleCount((int) Math.round(finding.samples()));
    correlation.setRelationshipType(finding.relationship().name().toLowerCase(Locale.ROOT));
    correlation.setDescription(describe(finding));
    correlation.setDiscoveredAt(Times.instant(finding.discovered()));
    correlation.setLastValidatedAt(Times.instant(finding.validated()));
    correlation.setIsActive(finding.active());
    return correlation;
  }

  private static void fill(MetricCorrelation correlation, Insight.Side side, SeriesName name) {
    put(correlation, side.metric(), name.metric());
    put(correlation, side.scope(), name.scope());
    put(correlation, side.member(), name.member());
    put(correlation, side.part(), name.part().isEmpty() ? null : name.part());
  }

  private static void put(MetricCorrelation correlation, String field, String text) {
    correlation.put(correlation.getSchema().getField(field).pos(), text);
  }

  private static String type(Finding finding) {
    if (finding.lagSeconds() > 0) {
      return "lagged";
    }
    return finding.correlation() < 0 ? "negative" : "positive";
  }

  private static String describe(Finding finding) {
    return String.format(
        Locale.ROOT,
        "%s%s moves %s %s%s (r %.2f over %s)",
        finding.active() ? "" : "no longer: ",
        name(finding.b()),
        finding.correlation() < 0 ? "against" : "with",
        name(finding.a()),
        finding.lagSeconds() == 0 ? "" : ", %d min later".formatted(finding.lagSeconds() / 60),
        finding.correlation(),
        finding.stepSeconds() == 3_600 ? "1 h" : finding.stepSeconds() / 60 + " min");
  }

  private static String name(SeriesName name) {
    return name.metric() + " of " + (name.member() + " " + name.part()).strip();
  }
}
