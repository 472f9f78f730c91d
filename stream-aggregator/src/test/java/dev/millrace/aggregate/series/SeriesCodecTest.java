package dev.millrace.aggregate.series;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.aggregate.anomaly.Watch;
import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.window.Cascade;
import dev.millrace.aggregate.window.SeriesWindows;
import dev.millrace.schema.Tier;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesCodecTest {
  private static final Cascade CASCADE = new Cascade(List.of(Tier.FIVE_SECONDS), 0, 0, 0, true);

  @Test
  void aSeriesIsReadBackWithWhoItIs() {
    var schema = identity("room,floor");
    var read = new SeriesCodec(schema, CASCADE).decode(kept(schema));
    assertThat(read.identity()).containsExactly(1, 2, 3);
    assertThat(read.metric()).asString(UTF_8).isEqualTo("temp");
    assertThat(read.arrivalMs()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"floor,room", "room", "room,floor,site", "room,storey"})
  void aSeriesKeptWithOtherDimensionsOrLabelsIsRefusedAndNotMisread(String now) {
    var reader = new SeriesCodec(identity(now), CASCADE);
    var parts = kept(identity("room,floor"));
    assertThatThrownBy(() -> reader.decode(parts))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("reset the application");
  }

  @Test
  void aSeriesKeptWithPercentilesIsRefusedWhereNoneAreWantedAnyMore() {
    var schema = identity("room,floor");
    var without = new Cascade(List.of(Tier.FIVE_SECONDS), 0, 0, 0, false);
    var parts = kept(schema);
    assertThatThrownBy(() -> new SeriesCodec(schema, without).decode(parts))
        .hasMessageContaining("percentiles");
  }

  private static StateReader[] kept(Schema schema) {
    var state =
        new SeriesState(
            0,
            "temp".getBytes(UTF_8),
            new byte[] {1, 2, 3},
            new SeriesWindows(CASCADE),
            new Watch());
    state.arrived(7);
    var out = new StateWriter();
    new SeriesCodec(schema, CASCADE).encode(state, SeriesWindows.OPEN, out);
    var parts = new StateReader[new SeriesCodec(schema, CASCADE).parts()];
    parts[SeriesWindows.OPEN] = new StateReader(out.toByteArray());
    return parts;
  }

  private static Schema identity(String names) {
    var fields = SchemaBuilder.record("Identity").fields();
    for (var name : names.split(",", -1)) {
      fields = fields.requiredString(name);
    }
    return fields.endRecord();
  }
}
