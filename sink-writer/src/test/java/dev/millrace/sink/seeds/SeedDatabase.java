package dev.millrace.sink.seeds;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The seeds' tables made in schemas of their own, so that PostgreSQL itself says what a definition
 * means. What it refuses stays in the seed's words.
 */
final class SeedDatabase {
  private static final String PREFIX = "seed_";

  /** In the order they can be made in. */
  private static final List<String> MADE =
      List.of(
          "enum",
          "column",
          "primary key",
          "unique",
          "check",
          "foreign key",
          "index",
          "storage",
          "compression");

  private static final Set<String> SPANS =
      Set.of("partition size", "retention", "compressed after");

  private final Connection connection;
  private final Catalogue catalogue;
  private final List<SeedFact> refused = new ArrayList<>();

  SeedDatabase(Connection connection) {
    this.connection = connection;
    this.catalogue = new Catalogue(connection);
  }

  /** The same facts in PostgreSQL's words. */
  List<SeedFact> canonical(List<SeedFact> facts) throws SQLException {
    var views = facts.stream().filter(SeedDatabase::isView).map(SeedFact::relation).toList();
    var tables = facts.stream().filter(fact -> !views.contains(fact.relation())).toList();
    var made = new ArrayList<SeedFact>();
    var schemas = facts.stream().map(SeedFact::schema).distinct().toList();
    for (var schema : schemas) {
      make(schema, tables.stream().filter(fact -> fact.schema().equals(schema)).toList());
      made.addAll(catalogue.tables(PREFIX + schema, schema));
    }
    for (var fact : facts) {
      var said = views.contains(fact.relation()) || !(MADE.contains(fact.kind()) || isTable(fact));
      if (said) {
        made.add(SPANS.contains(fact.kind()) ? span(fact) : fact);
      }
    }
    made.addAll(refused);
    return made;
  }

  private static boolean isTable(SeedFact fact) {
    return fact.kind().equals("table");
  }

  private static boolean isView(SeedFact fact) {
    return isTable(fact) && !fact.definition().endsWith("table");
  }

  private void make(String schema, List<SeedFact> facts) throws SQLException {
    execute("CREATE SCHEMA " + PREFIX + schema);
    catalogue.searchPath(PREFIX + schema);
    var unlogged = facts.stream().filter(fact -> fact.definition().equals("unlogged table"));
    var names = unlogged.map(SeedFact::relation).collect(Collectors.toSet());
    for (var fact : facts.stream().filter(fact -> fact.kind().equals("enum")).toList()) {
      make(fact);
    }
    for (var relation : relations(facts)) {
      var kind = names.contains(relation) ? "UNLOGGED TABLE " : "TABLE ";
      execute("CREATE " + kind + relation.replaceFirst(".*\\.", "") + " ()");
    }
    for (var kind : MADE.subList(1, MADE.size())) {
      for (var fact : facts.stream().filter(fact -> fact.kind().equals(kind)).toList()) {
        make(fact);
      }
    }
  }

  /** Those that are altered only are tables, too. */
  private static List<String> relations(List<SeedFact> facts) {
    return facts.stream()
        .filter(fact -> isTable(fact) || fact.kind().equals("column"))
        .map(SeedFact::relation)
        .distinct()
        .toList();
  }

  private void make(SeedFact fact) throws SQLException {
    var savepoint = connection.setSavepoint();
    try {
      execute(statement(fact));
      connection.releaseSavepoint(savepoint);
    } catch (SQLException notPostgres) {
      connection.rollback(savepoint);
      refused.add(fact);
    }
  }

  private static String statement(SeedFact fact) {
    var definition = fact.definition();
    var alter = "ALTER TABLE " + fact.local();
    var named = fact.name().isEmpty() ? " ADD " : " ADD CONSTRAINT " + fact.name() + " ";
    return switch (fact.kind()) {
      case "enum" -> "CREATE TYPE %s AS ENUM (%s)".formatted(fact.local(), definition);
      case "column" ->
          alter
              + " ADD COLUMN %s %s"
                  .formatted(
                      fact.name(), definition.equals(SeedFact.UNTYPED) ? "text" : definition);
      case "index" -> index(fact);
      case "storage", "compression" ->
          alter + " ALTER COLUMN %s SET %s %s".formatted(fact.name(), fact.kind(), definition);
      default -> alter + named + fact.kind() + " " + definition;
    };
  }

  private static String index(SeedFact fact) {
    var unique = fact.definition().startsWith("UNIQUE ");
    return "CREATE %sINDEX %s ON %s %s"
        .formatted(
            unique ? "UNIQUE " : "",
            fact.name(),
            fact.local(),
            unique ? fact.definition().substring(7) : fact.definition());
  }

  private SeedFact span(SeedFact fact) throws SQLException {
    try (var statement = connection.prepareStatement("SELECT ?::interval::text")) {
      statement.setString(1, fact.definition());
      try (var rows = statement.executeQuery()) {
        rows.next();
        return new SeedFact(fact.kind(), fact.relation(), fact.name(), rows.getString(1));
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
