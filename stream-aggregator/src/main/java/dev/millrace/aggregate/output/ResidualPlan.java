package dev.millrace.aggregate.output;

import dev.millrace.aggregate.residual.ResidualStep;
import dev.millrace.aggregate.residual.ResidualWindow;
import dev.millrace.schema.Measure;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.insight.Residual;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** How the residuals of the series of one raw type become records. Immutable. */
public final class ResidualPlan {
  private final Origin origin;
  private final Entity entity;
  private final List<String> parts;

  /**
   * Compiles the plan.
   *
   * @param identity dimensions and labels of the series
   */
  public ResidualPlan(RecordType type, Schema identity) {
    var dimensions = type.fold().orElseThrow().series();
    this.origin = new Origin(type, identity, dimensions, Residual.getClassSchema());
    this.entity = new Entity(type);
    this.parts =
        dimensions.stream()
            .filter(name -> !type.key().contains(name) && !namesMetric(type, name))
            .toList();
  }

  private static boolean namesMetric(RecordType type, String field) {
    return type.fold().orElseThrow().measures().stream()
        .anyMatch(measure -> measure.metric().equals(new Measure.Metric.InField(field)));
  }

  /** The record of one step of a series. */
  public Residual record(SeriesIdentity series, ResidualStep step) {
    var residual = new Residual();
    var identity = series.identity();
    origin.copy(identity, residual);
    residual.setSourceTopic(origin.topic());
    residual.setScopeType(origin.scope());
    residual.setEntity(entity.name(identity::get));
    residual.setPart(part(identity));
    residual.setSeries(origin.names(identity));
    residual.setMetricName(series.metric());
    residual.setMetricUnit(origin.unit(series));
    residual.setWindowBegin(Times.instant(step.begin()));
    residual.setWindowMs(ResidualWindow.TIER.micros() / 1_000);
    residual.setSamples(step.samples());
    residual.setValue(step.value());
    residual.setExpected(step.expected());
    residual.setResidual(step.residual());
    residual.setResidualSigma(step.sigma());
    residual.setValueMin(step.min());
    residual.setValueMax(step.max());
    residual.setValueStddev(Double.isNaN(step.stddev()) ? null : (Double) step.stddev());
    return residual;
  }

  private String part(GenericRecord identity) {
    var text =
        parts.stream()
            .map(identity::get)
            .filter(Objects::nonNull)
            .map(ResidualPlan::text)
            .filter(each -> !each.isEmpty())
            .collect(Collectors.joining(" "));
    return text.isEmpty() ? null : text;
  }

  /** The entries of a map in the order of their names, so that equal ones have one text. */
  private static String text(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return value.toString();
    }
    var sorted = new TreeMap<String, String>();
    map.forEach((name, each) -> sorted.put(name.toString(), String.valueOf(each)));
    return sorted.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(","));
  }
}
