package dev.millrace.aggregate.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.score.Fact.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HourPartsTest {

  @Test
  void aPartTakesThePlaceOfWhatItsSeriesHad() {
    var parts = new HourParts();
    assertThat(parts.put(new Part(9, 1, 50))).isTrue();
    assertThat(parts.put(new Part(3, 0, 70))).isTrue();
    assertThat(parts.put(new Part(9, 1, 50))).isFalse();
    assertThat(parts.put(new Part(9, 1, 80))).isTrue();
    assertThat(score(parts, 0)).isEqualTo(70);
    assertThat(score(parts, 1)).isEqualTo(80);
  }

  @Test
  void theOrderTheyComeInDoesNotMatterToTheLastBit() {
    var random = new Random(5);
    var all = new ArrayList<Part>();
    for (var i = 0; i < 500; i++) {
      all.add(new Part(random.nextLong(), 0, random.nextDouble() * 100));
    }
    var first = of(all);
    Collections.shuffle(all, random);
    var second = of(all);
    assertThat(score(first, 0)).isEqualTo(score(second, 0));
    assertThat(encoded(first)).isEqualTo(encoded(second));
  }

  @Test
  void isKeptAsItIsInThirteenBytesAPart() {
    var all = new ArrayList<Part>();
    for (var i = 0; i < 240; i++) {
      all.add(new Part(new Random(i).nextLong(), i % 7, i / 3.0));
    }
    var bytes = encoded(of(all));
    assertThat(bytes.length).isLessThan(240 * 15);
    var read = HourParts.decode(new StateReader(bytes));
    assertThat(encoded(read)).isEqualTo(bytes);
    assertThat(read.put(all.get(17))).isFalse();
    assertThat(read.put(new Part(1, 1, 1))).isTrue();
  }

  private static HourParts of(Iterable<Part> all) {
    var parts = new HourParts();
    all.forEach(parts::put);
    return parts;
  }

  private static byte[] encoded(HourParts parts) {
    var out = new StateWriter();
    parts.encode(out);
    return out.toByteArray();
  }

  private static double score(HourParts parts, int component) {
    var blends = new Blend[7];
    for (var i = 0; i < blends.length; i++) {
      blends[i] = new Blend();
    }
    parts.addTo(blends);
    return blends[component].score();
  }
}
