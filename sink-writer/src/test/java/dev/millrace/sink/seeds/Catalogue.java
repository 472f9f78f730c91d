package dev.millrace.sink.seeds;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The facts a database's own catalogue tells of a schema. */
final class Catalogue {
  private static final String TABLES = SeedFacts.text("/seeds/catalogue.sql");
  private static final String POLICIES = SeedFacts.text("/seeds/policies.sql");

  private final Connection connection;

  Catalogue(Connection connection) {
    this.connection = connection;
  }

  /**
   * Tables and all that belongs to them.
   *
   * @param schema in the database
   * @param domain the schema the facts are said to be of
   */
  List<SeedFact> tables(String schema, String domain) throws SQLException {
    // Names of the schema itself are printed without it.
    searchPath(schema);
    return query(TABLES, schema, domain);
  }

  List<SeedFact> policies(String schema) throws SQLException {
    return query(POLICIES, schema, schema);
  }

  void searchPath(String schema) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SET LOCAL search_path = " + statement.enquoteIdentifier(schema, true));
    }
  }

  private List<SeedFact> query(String sql, String schema, String domain) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (var i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
        statement.setString(i, schema);
      }
      var facts = new ArrayList<SeedFact>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var relation = domain + "." + rows.getString("relation");
          facts.add(
              new SeedFact(
                  rows.getString("kind"),
                  relation,
                  rows.getString("name"),
                  rows.getString("definition")));
        }
      }
      return facts;
    }
  }
}
