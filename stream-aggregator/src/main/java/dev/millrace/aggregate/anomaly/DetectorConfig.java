package dev.millrace.aggregate.anomaly;

import dev.millrace.aggregate.rarity.Rarity;
import java.util.Objects;

/** When a deviation is one, and when deviations are an incident. Immutable. */
public record DetectorConfig(
    Sigmas sigmas, Size size, Opening opening, Ending ending, Patterns patterns) {

  public DetectorConfig {
    Objects.requireNonNull(sigmas);
    Objects.requireNonNull(size);
    Objects.requireNonNull(opening);
    Objects.requireNonNull(ending);
    Objects.requireNonNull(patterns);
  }

  /**
   * How far is far, in standard deviations of the baseline.
   *
   * @param normal within an incident, a window is normal again below this many
   * @param warning a window is a warning beyond this many
   * @param critical and critical beyond this many
   * @param immediate one window beyond this many opens an incident in a series too young for a
   *     score
   */
  public record Sigmas(double normal, double warning, double critical, double immediate) {
    public Sigmas {
      if (!(normal > 0) || warning < normal || critical < warning || immediate < critical) {
        throw new IllegalArgumentException(
            "sigmas must ascend from above 0: normal %s, warning %s, critical %s, immediate %s"
                .formatted(normal, warning, critical, immediate));
      }
    }
  }

  /**
   * What is too small to matter.
   *
   * @param least smaller deviations are normal, in the metric's unit
   * @param leastPct smaller deviations are normal, in percent of the expected magnitude
   * @param direction which side matters
   */
  public record Size(double least, double leastPct, Direction direction) {
    public Size {
      Objects.requireNonNull(direction);
    }
  }

  /**
   * When an incident opens. In a series that has been judged for {@code warmUp} windows the score
   * decides; in a younger one, a call for example, runs of windows do, if what is normal for its
   * scope is known from {@code known}.
   *
   * @param warmUp windows
   * @param score a window at least this rare opens one, 0 to 1; see {@link Rarity#score}
   * @param known windows the baseline must have learned from to judge a young series
   * @param afterCritical consecutive critical windows, to one side, that do in a young series
   * @param afterWarning consecutive windows, at least warnings, to one side, that do
   */
  public record Opening(int warmUp, double score, int known, int afterCritical, int afterWarning) {
    public Opening {
      if (warmUp < 1
          || known < 1
          || afterCritical < 1
          || afterWarning < 1
          || !(score > 0 && score < 1)) {
        throw new IllegalArgumentException(
            "windows (%d, %d, %d, %d) must be at least 1, the score %s between 0 and 1"
                .formatted(warmUp, known, afterCritical, afterWarning, score));
      }
    }

    double rarity() {
      return Rarity.ofScore(score);
    }
  }

  /**
   * When an incident ends, in event time.
   *
   * @param after consecutive normal windows that close it
   * @param mergeGapMicros time without an anomalous window before it may close; a new one within it
   *     belongs to the same incident
   * @param coolDownMicros time after an alarm in which only what is clearly rarer opens another
   * @param levelChangeMicros a deviation that has lasted this long is the new normal
   */
  public record Ending(
      int after, long mergeGapMicros, long coolDownMicros, long levelChangeMicros) {
    public Ending {
      if (after < 1 || mergeGapMicros < 0 || coolDownMicros < 0 || levelChangeMicros < 1) {
        throw new IllegalArgumentException(
            "windows to close (%d) and time to a new level (%d) must be above 0, gap %d and"
                    .formatted(after, levelChangeMicros, mergeGapMicros)
                + " cool-down %d not negative".formatted(coolDownMicros));
      }
    }
  }

  /**
   * What is wrong without being far off.
   *
   * @param flatline windows without any change that are a flatline in a series that changes; 0 for
   *     never
   * @param trend windows a run must have come from normal to be a trend and no spike
   * @param missingMicros silence, at least, of a series that should report; a series that often is
   *     silent for long is missing after three times its longest silence
   * @param alternations from side to side, each beyond a warning, that are an oscillation
   */
  public record Patterns(int flatline, int trend, int alternations, long missingMicros) {
    public Patterns {
      if (flatline < 0 || trend < 1 || alternations < 1 || missingMicros < 1) {
        throw new IllegalArgumentException(
            "flatline %d must not be negative, trend %d, alternations %d and silence %d be above 0"
                .formatted(flatline, trend, alternations, missingMicros));
      }
    }
  }
}
