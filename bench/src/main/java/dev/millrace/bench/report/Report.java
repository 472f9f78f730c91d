package dev.millrace.bench.report;

import dev.millrace.bench.machine.Machine;
import java.util.List;
import java.util.Objects;

/**
 * What a suite found.
 *
 * @param benchmark name of the suite
 * @param machine what it ran on
 * @param rounds how many samples each result has
 * @param results in the order they were measured
 */
public record Report(String benchmark, Machine machine, int rounds, List<Comparison> results) {

  public Report {
    Objects.requireNonNull(benchmark);
    Objects.requireNonNull(machine);
    results = List.copyOf(results);
  }

  /** Whether every target is met. */
  public boolean met() {
    return results.stream().allMatch(Comparison::met);
  }
}
