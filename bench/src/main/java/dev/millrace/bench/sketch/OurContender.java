package dev.millrace.bench.sketch;

import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.window.Quantiles;

/**
 * What the aggregator keeps of a window. Minimum and maximum, by which it bounds its answers, are
 * kept and counted here, as the other libraries keep theirs.
 */
final class OurContender implements Contender {
  private final Quantiles quantiles = new Quantiles();
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;

  @Override
  public void add(double[] values, int from, int to) {
    for (var i = from; i < to; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
      quantiles.add(values[i]);
    }
  }

  @Override
  public void merge(Contender other) {
    var same = (OurContender) other;
    min = Math.min(min, same.min);
    max = Math.max(max, same.max);
    quantiles.merge(same.quantiles);
  }

  @Override
  public double[] at(double... asked) {
    return quantiles.at(min, max, asked);
  }

  @Override
  public byte[] bytes() {
    var out = new StateWriter();
    out.writeDouble(min);
    out.writeDouble(max);
    quantiles.encode(out);
    return out.toByteArray();
  }
}
