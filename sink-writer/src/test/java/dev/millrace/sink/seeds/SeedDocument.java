package dev.millrace.sink.seeds;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A seed, and the schemas its tables went to.
 *
 * @param number of the file
 * @param domain the schema of most tables, and the name of the resource
 * @param insight tables that serve every domain
 */
record SeedDocument(String number, String domain, Set<String> insight) {
  static final List<SeedDocument> ALL =
      List.of(
          new SeedDocument("000", "audio", Set.of()),
          new SeedDocument(
              "001",
              "network",
              Set.of(
                  "metric_baselines",
                  "anomaly_events",
                  "health_scores",
                  "metric_correlations",
                  "ml_training_snapshots",
                  "ml_model_metrics")),
          new SeedDocument("002", "hub", Set.of()),
          new SeedDocument("003", "camera", Set.of()),
          new SeedDocument("004", "fiber", Set.of()));

  /** Everything the document says, each thing once. */
  List<SeedFact> read(String document) {
    return Stream.concat(
            new SeedSql(this::qualify).facts(SqlText.of(document)),
            new SeedProse(this::qualify).facts(document))
        .distinct()
        .toList();
  }

  private String qualify(String relation) {
    return (insight.contains(relation) ? "insight" : domain) + "." + relation;
  }

  @Override
  public String toString() {
    return number + " " + domain;
  }
}
