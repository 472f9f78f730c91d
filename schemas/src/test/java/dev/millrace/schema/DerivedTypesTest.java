package dev.millrace.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.catalog.Millrace;
import dev.millrace.schema.Alerting.Rule;
import dev.millrace.schema.Fill.Constant;
import dev.millrace.schema.Fill.Copy;
import dev.millrace.schema.Pairing.Near;
import dev.millrace.schema.Pairing.Party;
import dev.millrace.schema.Pairing.Side;
import dev.millrace.schema.Pairing.Weight;
import dev.millrace.schema.camera.Alert;
import dev.millrace.schema.camera.CameraRecords;
import dev.millrace.schema.hub.Correlation;
import dev.millrace.schema.hub.HubRecords;
import dev.millrace.schema.insight.InsightRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pairs and alerts that do not fit their types are refused when they are made. */
class DerivedTypesTest {
  private static final Pairing PAIRS = HubRecords.CORRELATIONS.pairing().orElseThrow();
  private static final Alerting ALERTS = CameraRecords.ALERTS.alerting().orElseThrow();

  @Test
  void whatPairsAndAlertsAreMadeOfIsInTheCatalogue() {
    var topics = Millrace.CATALOG.types().stream().map(RecordType::topic).toList();
    assertThat(Millrace.CATALOG.types())
        .allSatisfy(type -> assertThat(topics).containsAll(type.computedFrom()));
    assertThat(HubRecords.CORRELATIONS.computedFrom()).containsExactly("hub.events", "anomalies");
    assertThat(CameraRecords.ALERTS.computedFrom()).containsExactly("camera.analyses", "anomalies");
  }

  /** Nobody but the aggregator publishes pairs; alerts are published by others, too. */
  @Test
  void whoPublishesThem() {
    assertThat(HubRecords.CORRELATIONS.origin()).isEqualTo(RecordType.Origin.COMPUTED);
    assertThat(CameraRecords.ALERTS.origin()).isEqualTo(RecordType.Origin.PUBLISHED);
  }

  @Test
  void theFirstOfAKeyIsKept() {
    assertThat(
            Stream.of(HubRecords.CORRELATIONS, CameraRecords.ALERTS)
                .map(type -> type.table().orElseThrow().keeps()))
        .containsOnly(Table.Keeps.FIRST);
  }

  @Test
  void aPrefixReachesWhatTheyAreMadeOf() {
    assertThat(HubRecords.CORRELATIONS.prefixed("test.").computedFrom())
        .containsExactly("test.hub.events", "test.anomalies");
    assertThat(CameraRecords.ALERTS.prefixed("test.").computedFrom())
        .containsExactly("test.camera.analyses", "test.anomalies");
  }

  @Test
  void aPairingNamesFieldsOfItsRecords() {
    var layout = PAIRS.layout();
    var of = HubRecords.EVENTS;
    var key = Place.all("tenant_id");
    assertThatThrownBy(() -> correlations(near("x", new Party(of, "name", List.of(), key))))
        .hasMessageContaining("no field 'name'");
    assertThatThrownBy(
            () -> correlations(near("x", new Party(of, "id", List.of(), Place.all("none")))))
        .hasMessageContaining("no field 'none'");
    assertThatThrownBy(() -> new Party(of, "id", List.of(), List.of()))
        .hasMessageContaining("hub.events are paired by nothing");
    var rule = near("x", new Party(of, "id", List.of(), key));
    assertThatThrownBy(() -> new Pairing(layout, List.of(rule, rule)))
        .hasMessageContaining("two rules make pairs of type 'x'");
    assertThatThrownBy(() -> new Weight(0.5, Double.NaN)).hasMessageContaining("0 to 1");
    assertThat(correlations(rule).pairing()).isPresent();
  }

  @Test
  void anAlertHasAllThatItsTypeNeeds() {
    var rule = ALERTS.ruleOf("anomalies");
    assertThatThrownBy(() -> alerts(without(rule, "title")))
        .hasMessageContaining("nothing of anomalies fills 'title'");
    assertThatThrownBy(() -> alerts(with(rule, new Constant("weight", 1))))
        .hasMessageContaining("no field 'weight'");
    assertThatThrownBy(() -> alerts(with(rule, copy("severity", "severity"))))
        .hasMessageContaining("cannot fill 'severity'");
    assertThatThrownBy(() -> alerts(with(rule, copy("title", "description"))))
        .as("what may be null")
        .hasMessageContaining("cannot fill 'title'");
    assertThatThrownBy(() -> new Alerting("alert_key", List.of(rule, rule)))
        .hasMessageContaining("two rules for anomalies");
    assertThat(alerts(rule).alerting()).isPresent();
  }

  private static Pairing.Rule near(String type, Party party) {
    return new Near(
        type,
        List.of(new Side(party, List.of(), List.of())),
        Duration.ofMinutes(1),
        1,
        new Weight(1, 0));
  }

  private static RecordType correlations(Pairing.Rule rule) {
    return RecordType.of("pairs", Correlation.getClassSchema())
        .key("tenant_id")
        .eventTime("timestamp")
        .paired(new Pairing(PAIRS.layout(), List.of(rule)))
        .build();
  }

  private static RecordType alerts(Rule rule) {
    return RecordType.of("alerts", Alert.getClassSchema())
        .key("alert_type")
        .eventTime("created_at")
        .raised(new Alerting("alert_key", List.of(rule)))
        .build();
  }

  private static Fill copy(String target, String from) {
    return new Copy(target, Place.of(from), List.of());
  }

  private static Rule with(Rule rule, Fill fill) {
    var fills = new ArrayList<>(rule.fills());
    fills.add(fill);
    return of(fills);
  }

  private static Rule without(Rule rule, String target) {
    return of(rule.fills().stream().filter(fill -> !fill.target().equals(target)).toList());
  }

  private static Rule of(List<Fill> fills) {
    return new Rule(
        InsightRecords.ANOMALIES, List.of(), Place.all("incident_id"), Optional.empty(), fills);
  }
}
