package dev.millrace.sink.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.catalog.Millrace;
import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.sink.Database;
import dev.millrace.sink.DatabaseConfig;
import dev.millrace.sink.Migrated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * docs/schema.md, its picture and its pages say of every table what the migrated database has. With
 * {@code -Dmillrace.docs.write=true} what is out of date is written again.
 */
@ExtendWith(DatabaseExtension.class)
class SchemaDocIT {
  private static final Path DOCS = Path.of("../docs");
  private static final List<String> PAGES =
      List.of("audio", "network", "insight", "hub", "camera", "fiber");

  private static Database database;
  private static List<Relation> relations;

  @BeforeAll
  static void read(DatabaseFixture fixture) throws SQLException {
    database = Database.open(DatabaseConfig.of(Migrated.url(fixture)));
    try (var connection = database.dataSource().getConnection()) {
      var sql = DSL.using(connection, SQLDialect.POSTGRES);
      relations = new SchemaReader(sql, Millrace.CATALOG).read();
    }
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void aPageHasEveryTableOfItsSchema(String schema) throws IOException {
    var page = page(schema);
    var diagram = EntityDiagram.of(of(schema), Joins.of(page, schema, relations));
    check(page.with("diagram", diagram).with("tables", sections(schema)));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyExampleOfAPageRuns(String schema) throws IOException, SQLException {
    var examples = Examples.of(page(schema));
    assertThat(examples).isNotEmpty();

    try (var connection = database.dataSource().getConnection()) {
      var sql = DSL.using(connection, SQLDialect.POSTGRES);
      sql.fetch("SELECT set_config('search_path', ?, true)", schema + ", insight, public");
      assertThat(examples).allSatisfy(example -> assertThat(sql.fetch(example)).isNotNull());
      connection.rollback();
    }
  }

  @Test
  void theOverviewHasEveryTable() throws IOException {
    var page = Page.read(DOCS.resolve("schema.md"));
    check(
        page.with("every table", Overview.of(relations))
            .with("the pipeline's own tables", sections("millrace")));
  }

  @Test
  void thePictureHasEveryTable() throws IOException {
    var joins = new ArrayList<Join>();
    for (var schema : PAGES) {
      joins.addAll(Joins.of(page(schema), schema, relations));
    }
    check(new Page(DOCS.resolve("schema.svg"), Picture.of(relations, joins)));
  }

  static List<String> pages() {
    return PAGES;
  }

  private static Page page(String schema) throws IOException {
    return Page.read(DOCS.resolve("schema/" + schema + ".md"));
  }

  private static List<Relation> of(String schema) {
    return relations.stream().filter(relation -> relation.schema().equals(schema)).toList();
  }

  private static String sections(String schema) {
    return of(schema).stream().map(TableSection::of).collect(Collectors.joining("\n\n"));
  }

  private static void check(Page expected) throws IOException {
    if (Boolean.getBoolean("millrace.docs.write")) {
      Files.writeString(expected.file(), expected.text());
    }
    assertThat(Files.readString(expected.file()))
        .as("run this test with -Dmillrace.docs.write=true to write %s again", expected.file())
        .isEqualTo(expected.text());
  }
}
