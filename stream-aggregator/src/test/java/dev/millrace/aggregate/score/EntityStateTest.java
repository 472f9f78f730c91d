package dev.millrace.aggregate.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.insight.IncidentStatus;
import dev.millrace.schema.insight.InsightRecords;
import dev.millrace.schema.insight.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntityStateTest {
  private EntityState state =
      new EntityState(InsightRecords.HEALTH_SCORES.scoring().orElseThrow().results().trends());

  @Test
  void theLatestLabelsCountAndWhatIsLeftEmptyStays() {
    assertThat(state.group()).isEmpty();
    assertThat(label(10, "", "")).isTrue();
    assertThat(label(20, "3", "7")).isTrue();
    assertThat(label(30, "", "7")).isFalse();
    assertThat(state.labels()).containsExactly("3", "7");
    assertThat(label(15, "4", "8")).as("of before").isFalse();
    assertThat(label(40, "5", "")).isTrue();
    assertThat(state.labels()).containsExactly("5", "7");
    assertThat(state.group()).isEqualTo("5");
  }

  @Test
  void isKeptAsItIs() {
    label(20, "3", "7");
    state.tallied("3");
    state.up().take(5, false, 1);
    state.incidents().take(5, new Fact.Step("a", 0, IncidentStatus.opened, Severity.warning));
    state.timeline().touch(9);
    state = kept(state);
    assertThat(state.labels()).containsExactly("3", "7");
    assertThat(label(15, "4", "8")).isFalse();
    assertThat(state.tallied()).isEqualTo("3");
    assertThat(state.timeline().touchedMs()).isEqualTo(9);
    assertThat(state.incidents().at(6)).containsEntry(Severity.warning, 1);
    assertThat(state.up().take(4, true, 1)).as("older than the latest").isEmpty();
    var empty =
        kept(
            new EntityState(
                InsightRecords.HEALTH_SCORES.scoring().orElseThrow().results().trends()));
    assertThat(empty.tallied()).isNull();
  }

  private static EntityState kept(EntityState state) {
    var out = new StateWriter();
    state.encode(out);
    return EntityState.decode(new StateReader(out.toByteArray()));
  }

  private boolean label(long micros, String group, String label) {
    return state.label(new Fact(micros, List.of(group, label), new Fact.Reading(true)));
  }
}
