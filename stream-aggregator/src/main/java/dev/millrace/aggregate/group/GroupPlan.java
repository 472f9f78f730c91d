package dev.millrace.aggregate.group;

import dev.millrace.aggregate.codec.StateTexts;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Fold;
import dev.millrace.schema.Grouping;
import dev.millrace.schema.Measure;
import dev.millrace.schema.insight.AnomalyType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** With whose incidents those of one fold are grouped, and how likely they are the root. */
public final class GroupPlan {
  private static final String ALONE = "series";

  private final Grouping grouping;
  private final Set<String> states;

  /** Compiles the plan of a fold. */
  public GroupPlan(Fold fold) {
    this.grouping = fold.grouping();
    this.states =
        fold.measures().stream()
            .filter(measure -> measure.up().isPresent())
            .map(Measure::metric)
            .filter(Measure.Metric.Named.class::isInstance)
            .map(metric -> ((Measure.Metric.Named) metric).name())
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The key under which incidents meet that share something. Those of a series that has none of the
   * fields meet none but their own.
   *
   * @param series dimensions and labels that the series has, by name
   * @param seriesKey its identity
   */
  public byte[] key(Map<CharSequence, CharSequence> series, String seriesKey) {
    var texts = new HashMap<String, String>();
    series.forEach((name, value) -> texts.put(name.toString(), value.toString()));
    var key = new StateWriter();
    for (var kind : grouping.kinds()) {
      var values = kind.fields().stream().map(texts::get).toList();
      if (values.stream().allMatch(Objects::nonNull)) {
        StateTexts.write(kind.name(), key);
        StateTexts.writeAll(values, key);
        return key.toByteArray();
      }
    }
    StateTexts.write(ALONE, key);
    StateTexts.writeAll(List.of(seriesKey), key);
    return key.toByteArray();
  }

  /** By width; of one width, what says that something is down or gone is before what is off. */
  public int rank(String metric, AnomalyType type) {
    return 2 * grouping.width() + (type == AnomalyType.missing || states.contains(metric) ? 1 : 0);
  }
}
