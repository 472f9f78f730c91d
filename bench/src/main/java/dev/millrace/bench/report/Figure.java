package dev.millrace.bench.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What something costs, beside nothing: no ratio, no target.
 *
 * @param name what was measured
 * @param unit e.g. {@code s} or {@code bytes a series}
 * @param samples one a round, or a single one where rounds would not differ
 * @param details further figures, in the order they are shown
 */
public record Figure(String name, String unit, Samples samples, Map<String, Object> details) {

  public Figure {
    Objects.requireNonNull(name);
    Objects.requireNonNull(unit);
    Objects.requireNonNull(samples);
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }
}
