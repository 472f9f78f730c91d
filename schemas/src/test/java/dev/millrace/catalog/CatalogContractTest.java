package dev.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schema.Fields;
import dev.millrace.schema.Fold;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import dev.millrace.schema.wire.RecordDecoder;
import dev.millrace.schema.wire.RecordEncoder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every record type of the catalogue must keep, whatever its domain. */
class CatalogContractTest {

  static List<RecordType> types() {
    return Millrace.CATALOG.types();
  }

  static Stream<RecordType> stored() {
    return Millrace.CATALOG.stored();
  }

  @ParameterizedTest
  @MethodSource("types")
  void fixtureFillsEveryField(RecordType type) {
    var record = Fixtures.full(type);
    for (var field : type.schema().getFields()) {
      assertThat(record.get(field.pos()))
          .as("field '%s' of fixtures/%s.json", field.name(), type.topic())
          .isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void recordsTravelTheWireUnchanged(RecordType type) {
    var registry = new ConfluentSchemaRegistry("mock://contract", Map.of());
    var encoder = new RecordEncoder(type, registry);
    var decoder = new RecordDecoder(type.schema(), registry);
    for (var record : List.of(Fixtures.full(type), Fixtures.sparse(type))) {
      assertThat(decoder.decode(encoder.encode(record), null)).isEqualTo(record);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyFieldSaysWhatItIs(RecordType type) {
    assertThat(type.schema().getDoc()).as("doc of %s", type.schema().getFullName()).isNotBlank();
    assertThat(type.schema().getFields())
        .allSatisfy(field -> assertThat(field.doc()).as("doc of %s", field.name()).isNotBlank());
  }

  @ParameterizedTest
  @MethodSource("types")
  void eventTimeIsInMicroseconds(RecordType type) {
    var field = type.schema().getField(type.eventTime());
    assertThat(Fields.logicalType(field.schema()))
        .as("event time %s of %s", type.eventTime(), type.topic())
        .contains("timestamp-micros");
    assertThat(field.schema().isNullable()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("types")
  void optionalFieldsDefaultToNull(RecordType type) {
    for (var field : type.schema().getFields()) {
      if (Fields.isOptional(field.schema())) {
        assertThat(field.defaultVal())
            .as("default of optional field %s of %s", field.name(), type.topic())
            .isEqualTo(JsonProperties.NULL_VALUE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void foldedFieldsAreNumbers(RecordType type) {
    type.fold().stream()
        .flatMap(fold -> fold.measures().stream())
        .filter(measure -> measure.up().isEmpty())
        .map(measure -> Fields.valueSchema(type.schema().getField(measure.field()).schema()))
        .forEach(
            value ->
                assertThat(value.getType())
                    .isIn(
                        Schema.Type.DOUBLE, Schema.Type.FLOAT, Schema.Type.INT, Schema.Type.LONG));
  }

  @ParameterizedTest
  @MethodSource("types")
  void foldedStatesHaveTheSymbolThatIsUp(RecordType type) {
    type.fold().stream()
        .flatMap(fold -> fold.measures().stream())
        .filter(measure -> measure.up().isPresent())
        .forEach(
            measure ->
                assertThat(
                        Fields.valueSchema(type.schema().getField(measure.field()).schema())
                            .getEnumSymbols())
                    .contains(measure.up().get()));
  }

  @ParameterizedTest
  @MethodSource("types")
  void whatAnInsightIsGainedFromIsInTheCatalog(RecordType type) {
    type.insight()
        .ifPresent(insight -> assertThat(Millrace.CATALOG.types()).containsAll(insight.inputs()));
  }

  /** An entity is enriched by one task: all its records are in one partition. */
  @ParameterizedTest
  @MethodSource("types")
  void anEnrichedTypeAndWhatItKnowsAreInTheCatalog(RecordType type) {
    type.enrichment()
        .ifPresent(
            enrichment -> {
              assertThat(Millrace.CATALOG.types()).contains(enrichment.into());
              assertThat(enrichment.entity()).containsAll(type.key());
              assertThat(enrichment.into().key()).isEqualTo(type.key());
              enrichment
                  .known()
                  .forEach(known -> assertThat(Millrace.CATALOG.types()).contains(known.of()));
            });
  }

  @ParameterizedTest
  @MethodSource("types")
  void baselineScopesShareAMessageKey(RecordType type) {
    type.fold()
        .ifPresent(
            fold ->
                assertThat(fold.baseline())
                    .as("all samples of a baseline must meet in one partition of %s", type.topic())
                    .containsAll(type.key()));
  }

  /** Kinds bear their domain's name, so that a default does not pass; the last never lacks. */
  @ParameterizedTest
  @MethodSource("types")
  void incidentsAreGroupedAsTheDomainSays(RecordType type) {
    type.fold()
        .filter(Fold::judged)
        .ifPresent(
            fold -> {
              var kinds = fold.grouping().kinds();
              var domain = type.topic().substring(0, type.topic().indexOf('.') + 1);
              assertThat(kinds)
                  .as("how incidents of %s are grouped: Fold.grouped", type.topic())
                  .allMatch(kind -> kind.name().startsWith(domain));
              assertThat(kinds.get(kinds.size() - 1).fields())
                  .allMatch(field -> !type.schema().getField(field).schema().isNullable());
            });
  }

  @ParameterizedTest
  @MethodSource("types")
  void windowsAreInTheCatalog(RecordType type) {
    type.fold().stream()
        .flatMap(fold -> fold.windows().stream())
        .forEach(window -> assertThat(Millrace.CATALOG.types()).contains(window.type()));
  }

  @ParameterizedTest
  @MethodSource("stored")
  void aMigrationMakesTheTable(RecordType type) {
    var table = type.table().orElseThrow();
    assertThat(Migrations.sql())
        .as("record type %s: no migration creates %s", type.topic(), table)
        .containsIgnoringCase("CREATE TABLE " + table + " (");
  }
}
