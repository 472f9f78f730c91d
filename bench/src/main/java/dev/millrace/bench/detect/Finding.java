package dev.millrace.bench.detect;

import dev.millrace.schema.insight.AnomalyType;
import java.util.Optional;

/**
 * What became of one anomaly.
 *
 * @param type of it
 * @param isFirst whether it was the first of its series
 * @param afterNewLevel whether its series had changed its level before
 * @param said type of the incident that was opened for it, when last told; empty if none was
 * @param delay windows from its begin until that was opened, both included
 */
record Finding(
    AnomalyType type,
    boolean isFirst,
    boolean afterNewLevel,
    Optional<AnomalyType> said,
    int delay) {

  boolean isFound() {
    return said.isPresent();
  }

  boolean hasRightType() {
    return said.filter(type::equals).isPresent();
  }
}
