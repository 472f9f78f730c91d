package dev.millrace.bench.sketch;

import com.tdunning.math.stats.MergingDigest;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The merging t-digest of its author, with the scale function and buffers it has by default. The
 * bytes are those of its small encoding, which rounds to floats: half as many as in the exact one.
 */
final class TDigestContender implements Contender {
  static final int COMPRESSION = 100;

  private final MergingDigest digest = new MergingDigest(COMPRESSION);

  @Override
  public void add(double[] values, int from, int to) {
    for (var i = from; i < to; i++) {
      digest.add(values[i]);
    }
  }

  @Override
  public void merge(Contender other) {
    digest.add(((TDigestContender) other).digest);
  }

  @Override
  public double[] at(double... asked) {
    return Arrays.stream(asked).map(digest::quantile).toArray();
  }

  @Override
  public byte[] bytes() {
    var bytes = ByteBuffer.allocate(digest.smallByteSize());
    digest.asSmallBytes(bytes);
    return bytes.array();
  }
}
