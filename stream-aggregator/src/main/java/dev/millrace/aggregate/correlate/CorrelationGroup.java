package dev.millrace.aggregate.correlate;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Tier;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;

/**
 * Finds which series of a group deviate together, by steps of five minutes and by hours, at once or
 * one after the other.
 *
 * <p>An hour of event time is taken when a value comes that is half an hour past its end; a later
 * one for it is left out. Every six hours all pairs are looked at. What is old counts less: after
 * two weeks, half. A series takes a slot when it first moves, if one is free, and gives it back
 * after three days without a value.
 *
 * <p>Memory for n series: 64 bytes a pair and some 1,000 a series: 20 KB for 20, 0.2 MB for 64,
 * 0.65 MB for 128. An hour costs some 0.3 microseconds a pair, 0.7 ms for 64 series. Encoded in
 * parts, so that a value has the present hours written again (10 bytes a value) and the sums are
 * written once an hour. Not for use by several threads; times are microseconds since the epoch.
 */
public final class CorrelationGroup {
  /** The present hours. */
  public static final int HEAD = 0;

  /** Who has which slot. */
  public static final int NAMES = 1;

  /** What is known of the pairs. */
  public static final int SUMS = 2;

  public static final int PARTS = 3;

  private static final long HOUR = Tier.ONE_HOUR.micros();
  private static final long GRACE = Duration.ofMinutes(30).toMillis() * 1_000;
  private static final double FADE = Math.pow(0.5, 1.0 / Duration.ofDays(14).toHours());
  private static final int LOOK_EVERY = 6;
  private static final int FRESH_HOURS = 24;
  private static final int KEPT_HOURS = 72;

  /**
   * A longer gap, in hours, is taken for one of this length: every slot has been given back then.
   */
  private static final int LONGEST_GAP = 2 * KEPT_HOURS;

  /** A series that deviates less than this does not move. */
  private static final double MOVES = 1e-6;

  private static final long NONE = Integer.MIN_VALUE;

  private final SeriesTable series;
  private final Correlogram fine;
  private final Correlogram coarse;
  private final Discoveries discoveries;
  private final HourGrid grid;
  private long hour = NONE;
  private long[] heard = new long[0];
  private int written;

  /** An empty group. */
  public CorrelationGroup(GroupRules rules) {
    this(
        new SeriesTable(rules),
        new Correlogram(Resolution.FINE),
        new Correlogram(Resolution.COARSE),
        new HourGrid());
  }

  private CorrelationGroup(
      SeriesTable series, Correlogram fine, Correlogram coarse, HourGrid grid) {
    this.series = series;
    this.fine = fine;
    this.coarse = coarse;
    this.discoveries = new Discoveries(series, fine, coarse);
    this.grid = grid;
  }

  /**
   * Adds what a series deviated by in five minutes.
   *
   * @param begin of the five minutes
   * @param sigma the deviation, in standard deviations
   * @param weight how much it counts beside other values of the same series and minutes
   */
  public void add(SeriesName name, long begin, double sigma, double weight, GroupListener out) {
    pass(begin, out);
    var of = Math.floorDiv(begin, HOUR);
    if (of < hour) {
      return;
    }
    var slot = slot(name, sigma);
    if (slot != SeriesTable.NONE) {
      heard[slot] = of;
      var step = (int) ((begin - hour * HOUR) / Tier.FIVE_MINUTES.micros());
      grid.add(slot, step, sigma, weight);
      written &= ~(1 << HEAD);
    }
  }

  private int slot(SeriesName name, double sigma) {
    var slot = series.find(name);
    if (slot != SeriesTable.NONE || Math.abs(sigma) < MOVES) {
      return slot;
    }
    slot = series.admit(name);
    if (slot >= heard.length) {
      heard = Arrays.copyOf(heard, slot + 1);
    }
    written &= ~(1 << NAMES);
    return slot;
  }

  /** Takes the hours that have passed when this time has come. */
  private void pass(long micros, GroupListener out) {
    if (hour == NONE) {
      hour = Math.floorDiv(micros, HOUR);
      written &= ~(1 << HEAD);
    }
    var last = Math.floorDiv(micros - GRACE, HOUR);
    while (hour < last) {
      take(out);
      if (last - hour > LONGEST_GAP) {
        hour = last - LONGEST_GAP;
      }
    }
  }

  private void take(GroupListener out) {
    for (var step = 0; step < HourGrid.STEPS; step++) {
      fine.add(values(step), series.kin());
    }
    var hours = new double[series.size()];
    Arrays.setAll(hours, grid::hour);
    coarse.add(hours, series.kin());
    fine.fade(FADE);
    coarse.fade(FADE);
    tell(out);
    grid.shift();
    hour++;
    written &= 1 << NAMES;
    if (hour % LOOK_EVERY == 0) {
      fine.endBlock();
      coarse.endBlock();
      look(out);
    }
  }

  private void tell(GroupListener out) {
    var steps = new HashMap<SeriesName, double[]>();
    for (var slot = 0; slot < series.size(); slot++) {
      if (series.name(slot) != null) {
        steps.put(series.name(slot), steps(slot));
      }
    }
    steps.values().removeIf(values -> Arrays.stream(values).allMatch(Double::isNaN));
    if (!steps.isEmpty()) {
      out.ended(hour * HOUR, steps);
    }
  }

  private double[] values(int step) {
    var values = new double[series.size()];
    Arrays.setAll(values, slot -> grid.value(slot, step));
    return values;
  }

  private double[] steps(int slot) {
    var steps = new double[HourGrid.STEPS];
    Arrays.setAll(steps, step -> grid.value(slot, step));
    return steps;
  }

  private void look(GroupListener out) {
    for (var slot = 0; slot < series.size(); slot++) {
      if (series.name(slot) != null && hour - heard[slot] > KEPT_HOURS) {
        release(slot, out);
      }
    }
    discoveries.look(hour * HOUR, slot -> hour - heard[slot] <= FRESH_HOURS, out);
  }

  private void release(int slot, GroupListener out) {
    discoveries.giveUp(slot, out);
    fine.forget(slot);
    coarse.forget(slot);
    grid.forget(slot);
    series.release(slot);
    written &= ~(1 << NAMES);
  }

  /** Gives up what was found: the group is to be forgotten. */
  public void end(GroupListener out) {
    for (var slot = 0; slot < series.size(); slot++) {
      discoveries.giveUp(slot, out);
    }
  }

  /** The parts that differ from what was last encoded of them: bit {@code part} of each. */
  public int changed() {
    return ~written & (1 << PARTS) - 1;
  }

  /** Writes a part. */
  public void encode(int part, StateWriter out) {
    switch (part) {
      case HEAD -> {
        out.writeLong(hour);
        out.writeUnsigned(heard.length);
        for (var each : heard) {
          out.writeLong(hour - each);
        }
        grid.encode(out);
      }
      case NAMES -> series.encode(out);
      default -> {
        fine.encode(out);
        coarse.encode(out);
        discoveries.encode(out);
      }
    }
    written |= 1 << part;
  }

  /** Reads a group back from its parts, by their number. */
  public static CorrelationGroup decode(StateReader[] parts, GroupRules rules) {
    var head = parts[HEAD];
    var hour = head.readLong();
    var heard = new long[head.readInt()];
    for (var slot = 0; slot < heard.length; slot++) {
      heard[slot] = hour - head.readLong();
    }
    var grid = HourGrid.decode(head);
    var sums = parts[SUMS];
    var group =
        new CorrelationGroup(
            SeriesTable.decode(parts[NAMES], rules),
            Correlogram.decode(sums, Resolution.FINE),
            Correlogram.decode(sums, Resolution.COARSE),
            grid);
    group.discoveries.decode(sums);
    group.hour = hour;
    group.heard = heard;
    group.written = (1 << PARTS) - 1;
    return group;
  }
}
