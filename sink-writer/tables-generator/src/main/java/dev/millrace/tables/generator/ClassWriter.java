package dev.millrace.tables.generator;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.SchemaMappingType;
import org.jooq.meta.jaxb.Target;
import org.jooq.meta.postgres.PostgresDatabase;

/**
 * What jOOQ's generator is told: one package a schema; tables, views, keys, indexes, enums, and the
 * functions that have a comment. The same database gives the same bytes, whenever and wherever.
 */
final class ClassWriter {
  private static final String PACKAGE = "dev.millrace.tables";
  private static final String BINDINGS = PACKAGE + ".binding.";

  private ClassWriter() {}

  static void write(Connection connection, Path folder) throws Exception {
    quietly();
    var tool = new GenerationTool();
    tool.setConnection(connection);
    tool.run(
        new Configuration()
            .withGenerator(
                new Generator()
                    .withDatabase(database(connection))
                    .withGenerate(classes())
                    .withTarget(
                        new Target().withPackageName(PACKAGE).withDirectory(folder.toString()))));
  }

  /** Without jOOQ's banner in the log of every build. */
  private static void quietly() {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
  }

  private static Database database(Connection connection) throws SQLException, IOException {
    return new Database()
        .withName(PostgresDatabase.class.getName())
        .withSchemata(
            Sql.fetch(connection, "schemas.sql").stream()
                .map(schema -> new SchemaMappingType().withInputSchema(schema))
                .toList())
        .withExcludes(excluded(connection))
        .withIncludeCheckConstraints(false)
        .withForcedTypes(types());
  }

  private static String excluded(Connection connection) throws SQLException, IOException {
    return Stream.concat(
            Stream.of("millrace.schema_history"),
            Sql.fetch(connection, "internal-functions.sql").stream())
        .map(Pattern::quote)
        .collect(Collectors.joining("|"));
  }

  private static List<ForcedType> types() {
    return List.of(
        new ForcedType()
            .withName("INSTANT")
            .withIncludeTypes("timestamptz|timestamp\\ with\\ time\\ zone"),
        inText("regclass", "RegclassBinding"),
        inText("_regclass", "RegclassArrayBinding"),
        inText("macaddr", "MacaddrBinding"),
        inText("point", "PointBinding"));
  }

  private static ForcedType inText(String type, String binding) {
    return new ForcedType()
        .withUserType(String.class.getName())
        .withBinding(BINDINGS + binding)
        .withIncludeTypes(type);
  }

  private static Generate classes() {
    return new Generate()
        .withGeneratedAnnotation(true)
        .withRecords(false)
        .withWhereMethodOverrides(false)
        .withRenameMethodOverrides(false)
        .withImplicitJoinPathsToOne(false)
        .withImplicitJoinPathsToMany(false);
  }
}
