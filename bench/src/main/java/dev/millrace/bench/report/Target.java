package dev.millrace.bench.report;

import java.util.Locale;

/** What a ratio should be. */
public sealed interface Target {

  boolean met(double ratio);

  static Target atMost(double ratio) {
    return new AtMost(ratio);
  }

  static Target atLeast(double ratio) {
    return new AtLeast(ratio);
  }

  /** For figures that are only looked at. */
  static Target none() {
    return new None();
  }

  /** Less is better: latency, CPU. */
  record AtMost(double ratio) implements Target {
    @Override
    public boolean met(double measured) {
      return measured <= ratio;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "<= %.2f", ratio);
    }
  }

  /** More is better: throughput. */
  record AtLeast(double ratio) implements Target {
    @Override
    public boolean met(double measured) {
      return measured >= ratio;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, ">= %.2f", ratio);
    }
  }

  /** Always met. */
  record None() implements Target {
    @Override
    public boolean met(double measured) {
      return true;
    }

    @Override
    public String toString() {
      return "-";
    }
  }
}
