package dev.millrace.aggregate.baseline;

import java.util.Optional;

/**
 * Learns what is normal for a scope and says what is to be expected: of the hour of the week if
 * that has been seen in enough weeks, else of the hour of the day, else of all times. An hour of
 * the day that is seen for the first time begins with what the hour before it knew. Stateless; the
 * state is in the {@link ScopeSlots} it is given.
 */
public final class Baselines {
  private static final long MICROS_OF_HOUR = 3_600_000_000L;

  /** The square of a larger value, summed, would be infinite, and so would be what is normal. */
  private static final double LARGEST = 1e140;

  private final BaselineConfig config;
  private final Season season;

  /** Goes by UTC. */
  public Baselines(BaselineConfig config) {
    this(config, Season.UTC);
  }

  /** Goes by the clock and calendar of a place. */
  public Baselines(BaselineConfig config, Season season) {
    this.config = config;
    this.season = season;
  }

  public BaselineConfig config() {
    return config;
  }

  /** What is normal at an event time; empty while too little was learned to say. */
  public Optional<Norm> expect(long micros, ScopeSlots slots) {
    var local = season.local(micros);
    var group = slots.find(SeasonSlot.hour(local));
    var week = SeasonSlot.hourOfWeek(local);
    var hour = SeasonSlot.hourOfDay(local);
    return group
        .flatMap(g -> g.find(week))
        .filter(slot -> slot.days() >= config.minWeeks())
        .flatMap(slot -> norm(week, slot))
        .or(() -> group.flatMap(g -> g.find(hour)).flatMap(slot -> norm(hour, slot)))
        .or(() -> hourBefore(micros, slots))
        .or(() -> all(slots).flatMap(slot -> norm(SeasonSlot.ALL, slot)));
  }

  private Optional<Norm> hourBefore(long micros, ScopeSlots slots) {
    var before = SeasonSlot.hourOfDay(season.local(micros - MICROS_OF_HOUR));
    return recent(micros, slots).flatMap(slot -> norm(before, slot));
  }

  private Optional<Norm> norm(SeasonSlot season, Slot slot) {
    return slot.usable(config)
        ? Optional.of(new Norm(season, slot.mean(), slot.stddev(config), slot.samples()))
        : Optional.empty();
  }

  /**
   * Learns the value of the window that begins at {@code micros}. A value beyond {@value #LARGEST},
   * or none, is not learned: one of them would hide every anomaly after it.
   */
  public void learn(long micros, double value, ScopeSlots slots, BaselineListener out) {
    if (!(Math.abs(value) <= LARGEST)) {
      return;
    }
    publishEndedHour(micros, slots, out);
    var local = season.local(micros);
    var group = slots.open(SeasonSlot.hour(local));
    var hour = SeasonSlot.hourOfDay(local);
    if (group.find(hour).isEmpty()) {
      recent(micros, slots).ifPresent(before -> group.put(hour, before.heir(config)));
    }
    learn(group, hour, micros, value, out);
    learn(group, SeasonSlot.hourOfWeek(local), micros, value, out);
    learn(slots.open(SlotGroup.ALL), SeasonSlot.ALL, micros, value, out);
  }

  private void learn(
      SlotGroup group, SeasonSlot season, long micros, double value, BaselineListener out) {
    var slot = group.open(season);
    if (slot.learn(micros, value, config)) {
      out.learned(season, slot);
    }
  }

  /**
   * Moves everything that is normal for a scope: its level has changed for good. Spread and shape
   * of the day stay.
   *
   * @param delta from the old level to the new one, in the metric's unit
   */
  public void shift(double delta, ScopeSlots slots) {
    for (var number = 0; number <= SlotGroup.ALL; number++) {
      if (slots.find(number).isPresent()) {
        slots.open(number).shift(delta);
      }
    }
  }

  /** The hour of the day before this one, if it was learned within the last two hours. */
  private Optional<Slot> recent(long micros, ScopeSlots slots) {
    var before = micros - MICROS_OF_HOUR;
    var local = season.local(before);
    return slots
        .find(SeasonSlot.hour(local))
        .flatMap(group -> group.find(SeasonSlot.hourOfDay(local)))
        .filter(slot -> slot.usable(config) && slot.updatedMicros() >= before - MICROS_OF_HOUR);
  }

  private static Optional<Slot> all(ScopeSlots slots) {
    return slots.find(SlotGroup.ALL).flatMap(group -> group.find(SeasonSlot.ALL));
  }

  private void publishEndedHour(long micros, ScopeSlots slots, BaselineListener out) {
    var all = all(slots);
    if (all.isEmpty()) {
      return;
    }
    var latest = season.local(all.get().updatedMicros());
    if (SeasonSlot.epochHour(latest) >= SeasonSlot.epochHour(season.local(micros))) {
      return;
    }
    var group = slots.find(SeasonSlot.hour(latest));
    publish(group, SeasonSlot.hourOfDay(latest), out);
    publish(group, SeasonSlot.hourOfWeek(latest), out);
    publish(slots.find(SlotGroup.ALL), SeasonSlot.ALL, out);
  }

  private void publish(Optional<SlotGroup> group, SeasonSlot season, BaselineListener out) {
    group
        .flatMap(g -> g.find(season))
        .filter(slot -> slot.usable(config))
        .ifPresent(slot -> out.learned(season, slot));
  }
}
