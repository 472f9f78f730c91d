package dev.millrace.aggregate.window;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.store.CollapsingLowestDenseStore;
import com.datadoghq.sketch.ddsketch.store.Store;
import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;

/**
 * The sketches {@link Quantiles} uses: how fine, how many bins, and their bytes, in which equal
 * counts are equal bytes, as the library's own need not be.
 */
final class SketchBins {
  static final double RELATIVE_ACCURACY = 0.005;
  static final IndexMapping MAPPING = new CubicallyInterpolatedMapping(RELATIVE_ACCURACY);
  private static final int MAX_BINS = 2_048;

  private SketchBins() {}

  static DDSketch empty() {
    return new DDSketch(MAPPING, SketchBins::newStore);
  }

  private static Store newStore() {
    return new CollapsingLowestDenseStore(MAX_BINS);
  }

  /** How many of the values are 0, or too near to it for a bin. */
  static long zeros(DDSketch sketch) {
    var signed =
        sketch.getNegativeValueStore().getTotalCount()
            + sketch.getPositiveValueStore().getTotalCount();
    return Math.round(sketch.getCount() - signed);
  }

  static void encode(DDSketch sketch, StateWriter out) {
    encode(out, sketch.getNegativeValueStore());
    out.writeUnsigned(zeros(sketch));
    encode(out, sketch.getPositiveValueStore());
  }

  static DDSketch decode(StateReader in) {
    var negative = decodeStore(in);
    var zeros = in.readUnsigned();
    return DDSketch.of(MAPPING, negative, decodeStore(in), (double) zeros);
  }

  private static void encode(StateWriter out, Store store) {
    var bins = 0;
    for (var all = store.getAscendingIterator(); all.hasNext(); all.next()) {
      bins++;
    }
    out.writeUnsigned(bins);
    var previous = 0;
    for (var all = store.getAscendingIterator(); all.hasNext(); ) {
      var bin = all.next();
      out.writeLong((long) bin.getIndex() - previous);
      out.writeUnsigned((long) bin.getCount());
      previous = bin.getIndex();
    }
  }

  private static Store decodeStore(StateReader in) {
    var store = newStore();
    var bins = in.readInt();
    var index = 0;
    for (var i = 0; i < bins; i++) {
      index += (int) in.readLong();
      store.add(index, (double) in.readUnsigned());
    }
    return store;
  }
}
