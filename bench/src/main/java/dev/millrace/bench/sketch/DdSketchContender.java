package dev.millrace.bench.sketch;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * DDSketch as its library has it, as fine and with as many bins as ours, and in its own encoding
 * without the mapping, which every window shares.
 */
final class DdSketchContender implements Contender {
  static final double RELATIVE_ACCURACY = 0.005;
  private static final int MAX_BINS = 2_048;

  private final DDSketch sketch = DDSketches.collapsingLowestDense(RELATIVE_ACCURACY, MAX_BINS);

  @Override
  public void add(double[] values, int from, int to) {
    for (var i = from; i < to; i++) {
      sketch.accept(values[i]);
    }
  }

  @Override
  public void merge(Contender other) {
    sketch.mergeWith(((DdSketchContender) other).sketch);
  }

  @Override
  public double[] at(double... asked) {
    return sketch.getValuesAtQuantiles(asked);
  }

  @Override
  public byte[] bytes() {
    var out = GrowingByteArrayOutput.withDefaultInitialCapacity();
    try {
      sketch.encode(out, true);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing a DDSketch into memory", impossible);
    }
    return out.trimmedCopy();
  }
}
