package dev.millrace.sink;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What keeps the module in shape. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.millrace.sink");

  @Test
  void encodePlansKnowNeitherKafkaNorTheDatabase() {
    noClasses()
        .that()
        .resideInAPackage("dev.millrace.sink.encode..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..", "java.sql..", "javax.sql..", "org.postgresql..", "org.jooq..")
        .check(CLASSES);
  }

  @Test
  void writingKnowsNoKafka() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.millrace.sink.write..", "dev.millrace.sink.migrate..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(CLASSES);
  }

  @Test
  void theEngineKnowsNoDomain() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.millrace.catalog..",
            "dev.millrace.schema.audio..",
            "dev.millrace.schema.network..",
            "dev.millrace.schema.hub..",
            "dev.millrace.schema.camera..",
            "dev.millrace.schema.fiber..",
            "dev.millrace.schema.insight..")
        .check(CLASSES);
  }

  @Test
  void ofTheTablesTheEngineNamesItsOwnOnly() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.millrace.tables..")
                .and(resideOutsideOfPackage("dev.millrace.tables.millrace..")))
        .check(CLASSES);
  }

  @Test
  void roomsPointOneWay() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.millrace.sink.encode..", "dev.millrace.sink.write..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.millrace.sink", "dev.millrace.sink.deadletter..")
        .check(CLASSES);
  }
}
