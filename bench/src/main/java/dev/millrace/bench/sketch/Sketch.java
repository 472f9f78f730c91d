package dev.millrace.bench.sketch;

/** The sketches that are compared, and how each is set. */
enum Sketch {
  OURS("ours", "exact up to 64 values, then DDSketch of 0.5 %"),
  DDSKETCH("ddsketch", "sketches-java, 0.5 % of the value, 2,048 bins"),
  KLL("kll", "DataSketches, k = " + KllContender.K + ", 0.5 % of the rank"),
  TDIGEST("tdigest", "t-digest, merging, compression " + TDigestContender.COMPRESSION);

  private final String title;
  private final String setting;

  Sketch(String title, String setting) {
    this.title = title;
    this.setting = setting;
  }

  /** As {@code --only} takes it. */
  String title() {
    return title;
  }

  String setting() {
    return setting;
  }

  Contender empty() {
    return switch (this) {
      case OURS -> new OurContender();
      case DDSKETCH -> new DdSketchContender();
      case KLL -> new KllContender();
      case TDIGEST -> new TDigestContender();
    };
  }

  Contender of(double... values) {
    var contender = empty();
    contender.add(values, 0, values.length);
    return contender;
  }

  @Override
  public String toString() {
    return title;
  }
}
