package dev.millrace.bench.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Generates series of every shape and noise, and has them judged. The seed makes all of it. */
final class DetectSuite {
  static final List<Double> NOISES = List.of(0.01, 0.05, 0.1, 0.2);

  private final int rounds;
  private final long seed;
  private final double size;

  /**
   * Plans nothing yet.
   *
   * @param rounds series of each shape and noise
   * @param size factor on the height of anomalies
   */
  DetectSuite(int rounds, long seed, double size) {
    this.rounds = rounds;
    this.seed = seed;
    this.size = size;
  }

  /** Series with anomalies. */
  List<Outcome> labelled(Setting setting, Shape shape, double noise) {
    var outcomes = new ArrayList<Outcome>();
    for (var round = 0; round < rounds; round++) {
      var random = random("labelled", setting, shape, noise, round);
      var plan = Plan.of(setting, shape, noise, size, random);
      outcomes.add(Trial.run(plan, setting.warmUp(), plan.windows(), random));
    }
    return outcomes;
  }

  /** Series without. */
  List<Outcome> clean(Setting setting, Shape shape, double noise) {
    var outcomes = new ArrayList<Outcome>();
    for (var round = 0; round < rounds; round++) {
      var random = random("clean", setting, shape, noise, round);
      var plan = Plan.clean(setting, shape, noise);
      outcomes.add(Trial.run(plan, setting.cleanFrom(), setting.cleanUntil(), random));
    }
    return outcomes;
  }

  /** What is different has other numbers; settings of one pace have the same. */
  private Random random(String use, Setting setting, Shape shape, double noise, int round) {
    return new Random(Objects.hash(seed, use, setting.windowMicros(), shape.name(), noise, round));
  }

  /** The noises that a shape can have. */
  static List<Double> noises(Shape shape) {
    return shape == Shape.CONSTANT ? List.of(0.0) : NOISES;
  }
}
