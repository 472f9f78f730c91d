package dev.millrace;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.millrace");

  @Test
  void whatARecordIsKnowsNeitherKafkaNorJdbc() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.millrace.schema",
            "dev.millrace.schema.text",
            "dev.millrace.schema.audio",
            "dev.millrace.schema.network",
            "dev.millrace.schema.hub",
            "dev.millrace.schema.camera",
            "dev.millrace.schema.fiber",
            "dev.millrace.schema.insight",
            "dev.millrace.config",
            "dev.millrace.failure",
            "dev.millrace.catalog")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "java.sql..", "javax.sql..")
        .check(CLASSES);
  }

  @Test
  void noDomainIsNamedOutsideItsRoom() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.millrace.schema",
            "dev.millrace.schema.text",
            "dev.millrace.schema.wire",
            "dev.millrace.schema.topics",
            "dev.millrace.config",
            "dev.millrace.failure")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.millrace.schema.audio",
            "dev.millrace.schema.network",
            "dev.millrace.schema.hub",
            "dev.millrace.schema.camera",
            "dev.millrace.schema.fiber",
            "dev.millrace.schema.insight")
        .check(CLASSES);
  }

  @Test
  void theRegistryClientIsNamedInOneClass() {
    noClasses()
        .that()
        .doNotHaveSimpleName("ConfluentSchemaRegistry")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.flink..")
        .check(CLASSES);
  }
}
