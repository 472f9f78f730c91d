package dev.millrace.embedded;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.millrace.embedded");

  @Test
  void theServersKnowNoRecords() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.millrace.schema..", "dev.millrace.catalog..")
        .check(MAIN);
  }

  @Test
  void theRegistryNeedsNeitherKafkaNorJdbc() {
    noClasses()
        .that()
        .resideInAPackage("..registry..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "kafka..", "java.sql..", "io.zonky..")
        .check(MAIN);
  }

  @Test
  void oneClassNamesTheRegistryClient() {
    noClasses()
        .that()
        .doNotHaveSimpleName("RegistryStore")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.flink..")
        .check(MAIN);
  }

  @Test
  void onlyTheExtensionsNeedJUnit() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..embedded.junit..")
        .should()
        .dependOnClassesThat(resideInAPackage("org.junit.."))
        .check(MAIN);
  }
}
