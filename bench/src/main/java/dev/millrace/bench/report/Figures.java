package dev.millrace.bench.report;

import dev.millrace.bench.machine.Machine;
import java.util.List;
import java.util.Objects;

/**
 * What a suite found that compares nothing.
 *
 * @param benchmark name of the suite
 * @param machine what it ran on
 * @param rounds how often what is timed was timed
 * @param figures in the order they were measured
 */
public record Figures(String benchmark, Machine machine, int rounds, List<Figure> figures) {

  public Figures {
    Objects.requireNonNull(benchmark);
    Objects.requireNonNull(machine);
    figures = List.copyOf(figures);
  }
}
