package dev.millrace.bench.detect;

import java.util.Random;

/** The values of a series as planned: shape, noise, and what is wrong. Its seed makes it. */
final class GeneratedSeries {
  private final Plan plan;
  private final Random random;
  private final double noise;
  private double last = Shape.LEVEL;

  /** Takes a value. */
  @FunctionalInterface
  interface Values {
    void value(int window, long micros, double value);
  }

  GeneratedSeries(Plan plan, Random random) {
    this.plan = plan;
    this.random = random;
    this.noise = plan.shape() == Shape.CONSTANT ? 0 : plan.noise() * Shape.SWING;
  }

  /** All of its values, once. */
  void replay(int windows, Values out) {
    for (var window = 0; window < windows; window++) {
      var micros = Shape.BEGIN + window * plan.setting().windowMicros();
      var normal = plan.shape().at(micros) + noise * random.nextGaussian();
      if (plan.shape().has(random)) {
        var value = labelled(window, normal);
        if (!Double.isNaN(value)) {
          last = value;
          out.value(window, micros, value);
        }
      }
    }
  }

  private double labelled(int window, double normal) {
    var value = normal;
    for (var label : plan.labels()) {
      value = label.covers(window) ? label.apply(window, value, last) : value;
    }
    return value;
  }
}
