package dev.millrace.aggregate.window;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.store.Bin;
import java.util.Iterator;

/** Walks the bins once, from the most negative to the largest. */
final class SketchRanks implements Ranks {
  private final DDSketch sketch;
  private final Iterator<Bin> negative;
  private final Iterator<Bin> positive;
  private boolean zerosPassed;
  private double from;
  private double to;
  private double current = Double.NaN;
  private double previous = Double.NaN;

  SketchRanks(DDSketch sketch) {
    this.sketch = sketch;
    this.negative = sketch.getNegativeValueStore().getDescendingIterator();
    this.positive = sketch.getPositiveValueStore().getAscendingIterator();
  }

  @Override
  public long count() {
    return Math.round(sketch.getCount());
  }

  @Override
  public double value(long rank) {
    var more = true;
    while (more && to <= rank) {
      more = advance();
    }
    return rank >= from ? current : previous;
  }

  private boolean advance() {
    if (negative.hasNext()) {
      var bin = negative.next();
      step(bin.getCount(), -SketchBins.MAPPING.value(bin.getIndex()));
    } else if (!zerosPassed) {
      zerosPassed = true;
      step((double) SketchBins.zeros(sketch), 0);
    } else if (positive.hasNext()) {
      var bin = positive.next();
      step(bin.getCount(), SketchBins.MAPPING.value(bin.getIndex()));
    } else {
      return false;
    }
    return true;
  }

  private void step(double values, double value) {
    if (values > 0) {
      previous = current;
      current = value;
      from = to;
      to += values;
    }
  }
}
