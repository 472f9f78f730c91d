package dev.millrace.bench.aggregate;

/** What a {@link StreamsProcess} runs over a topic of samples. */
enum Program {
  /** The aggregator with one tier of 5 s: count, min, max, sum, last; nothing is judged. */
  FOLD_5S("aggregator, 5 s"),
  /** The aggregator as the hub has it: five tiers, sketches, baselines, detection. */
  FOLD_ALL("aggregator, all tiers"),
  /** The same over a hundred times as many series. */
  FOLD_ALL_MANY("aggregator, all tiers, many series"),
  /** The same 5 s windows in the Streams DSL, its store in RocksDB. */
  DSL_ROCKSDB("Streams DSL, RocksDB"),
  /** The same, its store in memory. */
  DSL_MEMORY("Streams DSL, in memory"),
  /** Kafka Streams, from one topic to another. */
  PASSTHROUGH("Streams pass-through"),
  /** A consumer that decodes every sample. */
  CONSUMER("consumer and decode");

  private final String label;

  Program(String label) {
    this.label = label;
  }

  /** What it is, in words. */
  String label() {
    return label;
  }

  boolean isOverManySeries() {
    return this == FOLD_ALL_MANY;
  }
}
