package dev.millrace.bench.soak;

import java.util.Locale;

/** What a component was like at one moment: what every process has, and what is its own. */
sealed interface Sample {

  Moment moment();

  default Footprint footprint() {
    return moment().footprint();
  }

  /**
   * A sink.
   *
   * @param sessions it has at the database
   */
  record OfSink(Moment moment, long sessions) implements Sample {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s, %d sessions, %d files",
          moment.text("rows"),
          sessions,
          footprint().openFiles());
    }
  }

  /**
   * An aggregator.
   *
   * @param series that are live
   * @param openWindows of theirs that hold what is not published
   */
  record OfAggregator(Moment moment, long series, long openWindows) implements Sample {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s, off-heap %5.1f MB, %,d series, %,d open windows, %d files",
          moment.text("samples"),
          footprint().offHeapMegabytes(),
          series,
          openWindows,
          footprint().openFiles());
    }
  }
}
