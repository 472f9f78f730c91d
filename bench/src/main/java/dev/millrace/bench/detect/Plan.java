package dev.millrace.bench.detect;

import dev.millrace.schema.insight.AnomalyType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What a series is, and what is wrong with it when.
 *
 * @param noise standard deviation, as a share of the swing
 * @param labels in the order of time
 */
record Plan(Setting setting, Shape shape, double noise, List<Label> labels) {
  /** Height of an anomaly: a share of the swing, and so many standard deviations of noise. */
  static final double OF_SWING = 0.3;

  static final double OF_NOISE = 5;

  /** An incident that opens up to so many values behind an anomaly is still of it. */
  static final int TOLERANCE = 12;

  private static final int SHORTEST = 3;
  private static final int UP_TO_LONGER = 4;

  Plan {
    labels = List.copyOf(labels);
  }

  /** Nothing is wrong. */
  static Plan clean(Setting setting, Shape shape, double noise) {
    return new Plan(setting, shape, noise, List.of());
  }

  /** One anomaly of each type that the shape can have, in any order. */
  static Plan of(Setting setting, Shape shape, double noise, double size, Random random) {
    var types = new ArrayList<>(Arrays.asList(AnomalyType.values()));
    if (shape == Shape.CONSTANT) {
      types.remove(AnomalyType.flatline);
    }
    Collections.shuffle(types, random);
    var height = size * Shape.SWING * (OF_SWING + OF_NOISE * noise);
    var labels = new ArrayList<Label>();
    var begin = setting.warmUp() + random.nextInt(setting.apart());
    for (var type : types) {
      var end = begin + length(type, setting, random) * shape.stride();
      labels.add(new Label(type, begin, end, sign(type, random) * height));
      begin = end + setting.apart() + random.nextInt(2 * setting.apart());
    }
    return new Plan(setting, shape, noise, labels);
  }

  /** In values. */
  private static int length(AnomalyType type, Setting setting, Random random) {
    return switch (type) {
      case spike, drop -> SHORTEST + random.nextInt(UP_TO_LONGER);
      case oscillation, missing -> 24;
      case flatline -> 48;
      case trend -> 120;
      case level_change -> setting.levelChange();
    };
  }

  private static int sign(AnomalyType type, Random random) {
    var either = random.nextBoolean() ? 1 : -1;
    return switch (type) {
      case spike -> 1;
      case drop -> -1;
      case trend -> 2 * either;
      case oscillation, level_change, flatline, missing -> either;
    };
  }

  private int tolerance() {
    return TOLERANCE * shape.stride();
  }

  /** Windows until the last anomaly is over. */
  int windows() {
    return labels.get(labels.size() - 1).end() + tolerance() + 1;
  }

  /** The anomaly that an incident opened in a window is of, if it is of any. */
  Optional<Label> labelOf(int window) {
    return labels.stream()
        .filter(label -> window >= label.begin() && window < label.end() + tolerance())
        .findFirst();
  }
}
