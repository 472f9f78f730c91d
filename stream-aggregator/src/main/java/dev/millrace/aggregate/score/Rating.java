package dev.millrace.aggregate.score;

import dev.millrace.schema.Curve;

/** A {@link Curve}, compiled: the score of a value. Immutable. */
final class Rating {
  private final boolean logarithmic;
  private final double[] places;
  private final double[] scores;

  Rating(Curve curve) {
    logarithmic = curve.scale() == Curve.Scale.LOG;
    places = curve.knees().stream().mapToDouble(knee -> place(knee.value())).toArray();
    scores = curve.knees().stream().mapToDouble(Curve.Knee::score).toArray();
  }

  private double place(double value) {
    return logarithmic ? Math.log(value) : value;
  }

  /** The score of a value, 0 to 100. */
  double of(double value) {
    var place = logarithmic && value <= 0 ? Double.NEGATIVE_INFINITY : place(value);
    if (place <= places[0]) {
      return scores[0];
    }
    for (var i = 1; i < places.length; i++) {
      if (place <= places[i]) {
        var share = (place - places[i - 1]) / (places[i] - places[i - 1]);
        return scores[i - 1] + share * (scores[i] - scores[i - 1]);
      }
    }
    return scores[scores.length - 1];
  }
}
