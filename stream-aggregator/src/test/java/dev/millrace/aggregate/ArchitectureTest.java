package dev.millrace.aggregate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.millrace.aggregate");

  @Test
  void windowsBaselinesAndIncidentsKnowNeitherKafkaNorJdbc() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.millrace.aggregate.alert",
            "dev.millrace.aggregate.anomaly",
            "dev.millrace.aggregate.baseline",
            "dev.millrace.aggregate.codec",
            "dev.millrace.aggregate.correlate",
            "dev.millrace.aggregate.detect",
            "dev.millrace.aggregate.enrich",
            "dev.millrace.aggregate.group",
            "dev.millrace.aggregate.learn",
            "dev.millrace.aggregate.output",
            "dev.millrace.aggregate.pair",
            "dev.millrace.aggregate.rarity",
            "dev.millrace.aggregate.residual",
            "dev.millrace.aggregate.rollup",
            "dev.millrace.aggregate.rules",
            "dev.millrace.aggregate.score",
            "dev.millrace.aggregate.window")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "java.sql..", "javax.sql..")
        .check(CLASSES);
  }

  @Test
  void theEngineNamesNoDomain() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.millrace.schema.audio",
            "dev.millrace.schema.network",
            "dev.millrace.schema.hub",
            "dev.millrace.schema.camera",
            "dev.millrace.schema.fiber",
            "dev.millrace.catalog")
        .check(CLASSES);
  }

  @Test
  void internalsOfKafkaStreamsAreUsedInOneClass() {
    noClasses()
        .that()
        .doNotHaveSimpleName("LiveStore")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka.streams.processor.internals..",
            "org.apache.kafka.streams.state.internals..")
        .check(CLASSES);
  }

  @Test
  void theSketchLibraryStaysInTheWindows() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.millrace.aggregate.window")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.datadoghq..")
        .check(CLASSES);
  }
}
