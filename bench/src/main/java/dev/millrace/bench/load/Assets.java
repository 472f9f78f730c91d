package dev.millrace.bench.load;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.avro.util.Utf8;

/**
 * The assets of the hub, of several tenants. Few are busy and many are quiet: the traffic of an
 * asset falls with its rank (Zipf). Immutable.
 */
public final class Assets {
  private static final int COUNT = 2_000;
  private static final int TENANTS = 40;

  /** The busiest of 2,000 has 5 % of the traffic, the first hundred have half of it. */
  private static final double EXPONENT = 0.8;

  private final Utf8[] names = new Utf8[COUNT];
  private final Utf8[] tenants = new Utf8[TENANTS];
  private final double[] cumulated = new double[COUNT];

  public Assets() {
    var sum = 0.0;
    for (var rank = 0; rank < COUNT; rank++) {
      names[rank] = new Utf8(nameOf(rank));
      sum += Math.pow(rank + 1, -EXPONENT);
      cumulated[rank] = sum;
    }
    Arrays.setAll(tenants, number -> new Utf8("tenant-%02d".formatted(number)));
  }

  private static String nameOf(int rank) {
    return "asset-%04d".formatted(rank);
  }

  /** The rank of an asset, drawn by traffic. */
  public int draw(RandomGenerator random) {
    var at = Arrays.binarySearch(cumulated, random.nextDouble() * cumulated[COUNT - 1]);
    return Math.min(at < 0 ? -at - 1 : at, COUNT - 1);
  }

  public String name(int rank) {
    return nameOf(rank);
  }

  Utf8 encodedName(int rank) {
    return names[rank];
  }

  Utf8 tenantOf(int rank) {
    return tenants[rank % TENANTS];
  }
}
