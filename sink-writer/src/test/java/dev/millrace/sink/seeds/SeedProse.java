package dev.millrace.sink.seeds;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The facts a seed draws or says in a table of its text. */
final class SeedProse {
  private static final Pattern DRAWN_TABLES =
      Pattern.compile("│ +(\\w+) \\(relational│ +(\\w+) \\(hypertable\\) +│");
  private static final Pattern DRAWN_COLUMNS =
      Pattern.compile("│ +(\\w+)( PK)? +│ +(\\w+)(?: FK → (\\w+))? +│");
  private static final Pattern DRAWN_AGGREGATE = Pattern.compile("│ +- (Hourly|Daily) +│");
  private static final Pattern SIZES =
      Pattern.compile("\\| (\\w+) \\| (Hourly|Daily|Monthly) \\| [^|]+ \\| [^|]+ \\|");
  private static final Pattern KEPT =
      Pattern.compile("-- TABLE: (\\w+)\\n(?:-- .*\\n)*?-- Retention: (.*)");
  private static final Pattern TIERS =
      Pattern.compile("\\| ([A-Z][\\w ]+) \\| ([^|-]+) \\| ([^|-]+) \\| ([^|-]+) \\|");

  private static final Map<String, String> SPANS =
      Map.of("Hourly", "1 hour", "Daily", "1 day", "Monthly", "1 month");

  /** What the rows of the network seed's table of retention are about. */
  private static final Map<String, String> MEANT =
      Map.of(
          "Optical metrics", "optical_metrics",
          "Interface metrics", "interface_metrics",
          "Path metrics", "path_metrics",
          "Availability", "availability_metrics",
          "Events", "network_events",
          "Anomalies", "anomaly_events",
          "Health scores", "health_scores",
          "Baselines", "metric_baselines");

  private final UnaryOperator<String> qualify;

  SeedProse(UnaryOperator<String> qualify) {
    this.qualify = qualify;
  }

  Stream<SeedFact> facts(String document) {
    return Stream.of(drawn(document), sizes(document), kept(document), tiers(document))
        .flatMap(facts -> facts);
  }

  /** Two tables side by side in a box, their columns without types; and the aggregates below. */
  private Stream<SeedFact> drawn(String document) {
    var titles = DRAWN_TABLES.matcher(document);
    if (!titles.find()) {
      return Stream.empty();
    }
    var left = qualify.apply(titles.group(1));
    var right = qualify.apply(titles.group(2));
    var facts = new ArrayList<SeedFact>();
    facts.add(new SeedFact("table", left, "", "table"));
    facts.add(new SeedFact("table", right, "", "table"));
    for (var row : DRAWN_COLUMNS.matcher(document).results().toList()) {
      facts.add(new SeedFact("column", left, row.group(1), SeedFact.UNTYPED));
      if (row.group(2) != null) {
        facts.add(new SeedFact("primary key", left, "", "(" + row.group(1) + ")"));
      }
      facts.add(new SeedFact("column", right, row.group(3), SeedFact.UNTYPED));
      if (row.group(4) != null) {
        facts.add(
            new SeedFact(
                "foreign key",
                right,
                "",
                "(%s) REFERENCES %s".formatted(row.group(3), row.group(4))));
      }
    }
    DRAWN_AGGREGATE
        .matcher(document)
        .results()
        .map(found -> qualify.apply("aggregates_" + found.group(1).toLowerCase(Locale.ROOT)))
        .forEach(name -> facts.add(new SeedFact("table", name, "", "continuous aggregate")));
    return facts.stream();
  }

  private Stream<SeedFact> sizes(String document) {
    return SIZES
        .matcher(document)
        .results()
        .map(
            row ->
                new SeedFact(
                    "partition size", qualify.apply(row.group(1)), "", SPANS.get(row.group(2))));
  }

  /** "30 days hot, 90 days warm": kept for the first, and what happens then. */
  private Stream<SeedFact> kept(String document) {
    return KEPT.matcher(document)
        .results()
        .flatMap(
            comment -> {
              var relation = qualify.apply(comment.group(1));
              var spans = List.of(comment.group(2).split(", "));
              var span = spans.get(0).replaceFirst("^(\\d+ \\w+).*", "$1");
              return Stream.concat(
                  Stream.of(new SeedFact("retention", relation, "", span)),
                  spans.stream().skip(1).map(then -> new SeedFact("then", relation, "", then)));
            });
  }

  private Stream<SeedFact> tiers(String document) {
    return TIERS
        .matcher(section(document, "## Data Retention Policy"))
        .results()
        .filter(row -> MEANT.containsKey(row.group(1)))
        .flatMap(
            row ->
                Stream.of(
                        new SeedFact(
                            "retention", qualify.apply(MEANT.get(row.group(1))), "", row.group(2)),
                        new SeedFact(
                            "retention", qualify.apply("metrics_hourly"), "", row.group(3)),
                        new SeedFact("retention", qualify.apply("metrics_daily"), "", row.group(4)))
                    .filter(fact -> !fact.definition().matches("N/A|Keep active")));
  }

  /** What stands below a heading, up to the next one. */
  private static String section(String document, String heading) {
    var begin = document.indexOf(heading);
    if (begin < 0) {
      return "";
    }
    var text = begin + heading.length();
    var end = document.indexOf("##", text);
    return document.substring(text, end < 0 ? document.length() : end);
  }
}
