package dev.millrace.producer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.millrace.producer");

  @Test
  void onlyThePublisherKnowsKafka() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.millrace.producer.validate",
            "dev.millrace.producer.source",
            "dev.millrace.producer.host",
            "dev.millrace.producer.generator")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "java.sql..", "javax.sql..")
        .check(CLASSES);
  }

  @Test
  void theEngineNamesNoDomain() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.millrace.producer",
            "dev.millrace.producer.validate",
            "dev.millrace.producer.source")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.millrace.catalog",
            "dev.millrace.schema.audio",
            "dev.millrace.schema.network",
            "dev.millrace.schema.hub",
            "dev.millrace.schema.camera",
            "dev.millrace.schema.fiber",
            "dev.millrace.schema.insight")
        .check(CLASSES);
  }

  @Test
  void oshiIsNamedInOneClass() {
    noClasses()
        .that()
        .doNotHaveSimpleName("OshiMachine")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("oshi..")
        .check(CLASSES);
  }

  @Test
  void micrometerIsNamedInOneClass() {
    noClasses()
        .that()
        .haveNameNotMatching(".*MicrometerPublisherMetrics.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.micrometer..")
        .check(CLASSES);
  }
}
