package dev.millrace.aggregate.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.insight.IncidentStatus;
import dev.millrace.schema.insight.Severity;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenIncidentsTest {
  private OpenIncidents incidents = new OpenIncidents();

  @Test
  void anIncidentCountsFromItsOpeningToItsClosingAsGraveAsItWas() {
    assertThat(step("a", 0, 10, IncidentStatus.opened, Severity.warning)).isTrue();
    assertThat(step("a", 1, 12, IncidentStatus.updated, Severity.warning)).isFalse();
    assertThat(step("a", 2, 15, IncidentStatus.updated, Severity.critical)).isTrue();
    assertThat(step("a", 3, 20, IncidentStatus.closed, Severity.critical)).isTrue();
    assertThat(incidents.at(9)).isEmpty();
    assertThat(incidents.at(10)).isEqualTo(Map.of(Severity.warning, 1));
    assertThat(incidents.at(14)).isEqualTo(Map.of(Severity.warning, 1));
    assertThat(incidents.at(15)).isEqualTo(Map.of(Severity.critical, 1));
    assertThat(incidents.at(20)).isEmpty();
  }

  @Test
  void aStepThatWasSeenBeforeChangesNothing() {
    step("a", 0, 10, IncidentStatus.opened, Severity.critical);
    step("a", 1, 20, IncidentStatus.closed, Severity.critical);
    assertThat(step("a", 0, 10, IncidentStatus.opened, Severity.critical)).isFalse();
    assertThat(step("a", 1, 20, IncidentStatus.closed, Severity.critical)).isFalse();
    assertThat(incidents.at(30)).isEmpty();
  }

  @Test
  void ofAClosingWithoutAnOpeningNothingIsKept() {
    assertThat(step("a", 5, 20, IncidentStatus.closed, Severity.critical)).isTrue();
    assertThat(incidents.size()).isZero();
  }

  @Test
  void anIncidentMayBeSeenFromTheMiddleOnAndOpenAgain() {
    assertThat(step("a", 3, 20, IncidentStatus.updated, Severity.info)).isTrue();
    assertThat(incidents.at(25)).isEqualTo(Map.of(Severity.info, 1));
    step("a", 4, 30, IncidentStatus.closed, Severity.info);
    assertThat(step("a", 5, 40, IncidentStatus.updated, Severity.info)).isTrue();
    assertThat(incidents.at(45)).isEqualTo(Map.of(Severity.info, 1));
  }

  @Test
  void oneThatIsNeverClosedCountsForAWeekAfterItsLastStep() {
    step("a", 0, 0, IncidentStatus.opened, Severity.critical);
    step("a", 1, 50, IncidentStatus.updated, Severity.critical);
    assertThat(incidents.at(OpenIncidents.AGED + 49)).hasSize(1);
    assertThat(incidents.at(OpenIncidents.AGED + 50)).isEmpty();
  }

  @Test
  void whatIsOverIsForgottenAndWhatIsOpenIsNot() {
    step("closed", 0, 0, IncidentStatus.opened, Severity.critical);
    step("closed", 1, 10, IncidentStatus.closed, Severity.critical);
    step("old", 0, 0, IncidentStatus.opened, Severity.critical);
    step("open", 0, 5, IncidentStatus.opened, Severity.critical);
    step("open", 1, OpenIncidents.AGED, IncidentStatus.updated, Severity.critical);
    incidents.forget(10);
    assertThat(incidents.size()).as("the time of its closing may be scored again").isEqualTo(3);
    incidents.forget(11);
    assertThat(incidents.size()).isEqualTo(2);
    incidents.forget(OpenIncidents.AGED);
    assertThat(incidents.size()).isEqualTo(1);
    for (var i = 0; i < 10_000; i++) {
      var at = OpenIncidents.AGED + i * 10L;
      step("i" + i, 0, at, IncidentStatus.opened, Severity.warning);
      step("i" + i, 1, at + 5, IncidentStatus.closed, Severity.warning);
      incidents.forget(at);
    }
    assertThat(incidents.size())
        .as("as many as the time that may be scored again has")
        .isLessThan(4);
  }

  @Test
  void isKeptAsItIs() {
    step("a", 0, 10, IncidentStatus.opened, Severity.warning);
    step("a", 1, 12, IncidentStatus.updated, Severity.critical);
    step("b", 0, 11, IncidentStatus.opened, Severity.info);
    step("b", 1, 13, IncidentStatus.closed, Severity.info);
    var out = new StateWriter();
    incidents.encode(out);
    incidents = OpenIncidents.decode(new StateReader(out.toByteArray()));
    assertThat(incidents.at(11)).isEqualTo(Map.of(Severity.warning, 1, Severity.info, 1));
    assertThat(incidents.at(13)).isEqualTo(Map.of(Severity.critical, 1));
    assertThat(step("a", 1, 12, IncidentStatus.updated, Severity.critical)).isFalse();
  }

  private boolean step(String id, int revision, long at, IncidentStatus status, Severity severity) {
    return incidents.take(at, new Fact.Step(id, revision, status, severity));
  }
}
