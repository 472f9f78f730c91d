package dev.millrace.bench.sketch;

import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.kll.KllSketch;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;

/**
 * KLL of Apache DataSketches, with the k that the library itself gives for a rank error of half a
 * percent (99 % confidence). It keeps up to k values as they are.
 */
final class KllContender implements Contender {
  static final double RANK_ERROR = 0.005;
  static final int K = KllSketch.getKFromEpsilon(RANK_ERROR, false);

  private final KllDoublesSketch sketch = KllDoublesSketch.newHeapInstance(K);

  @Override
  public void add(double[] values, int from, int to) {
    for (var i = from; i < to; i++) {
      sketch.update(values[i]);
    }
  }

  @Override
  public void merge(Contender other) {
    sketch.merge(((KllContender) other).sketch);
  }

  @Override
  public double[] at(double... asked) {
    return sketch.getQuantiles(asked, QuantileSearchCriteria.INCLUSIVE);
  }

  @Override
  public byte[] bytes() {
    return sketch.toByteArray();
  }
}
