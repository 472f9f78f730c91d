package dev.millrace.aggregate.rarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShapesTest {
  private static final int LENGTH = 8;
  private static final int ENOUGH = 5;

  private final Random random = new Random(1);
  private final Shapes shapes = new Shapes();

  @Test
  void nothingIsUnlikeBeforeEnoughIsRemembered() {
    for (var i = 0; i < LENGTH - 1 + ENOUGH; i++) {
      assertThat(shapes.add(100 * i)).isZero();
    }
    assertThat(shapes.add(-1_000)).isPositive();
  }

  @Test
  void whatComesAgainIsLikeItself() {
    for (var i = 0; i < 200; i++) {
      shapes.add(i % 4);
    }
    for (var i = 0; i < 200; i++) {
      assertThat(shapes.add(i % 4)).isZero();
    }
  }

  /** Of eight values one is off by so much: the root of its mean square is that by root eight. */
  @Test
  void oneValueThatIsOffTellsByHowMuch() {
    constant(200);
    assertThat(shapes.add(4)).isCloseTo(4 / Math.sqrt(LENGTH), within(1e-6));
    assertThat(shapes.add(4)).isCloseTo(4 * Math.sqrt(2.0 / LENGTH), within(1e-6));
  }

  @Test
  void theSameValuesInAnotherOrderAreUnlike() {
    for (var i = 0; i < 400; i++) {
      shapes.add(i % 8 < 4 ? 0 : 10);
    }
    var most = 0.0;
    for (var i = 0; i < 8; i++) {
      most = Math.max(most, shapes.add(i % 2 * 10));
    }
    assertThat(most).isGreaterThan(5);
  }

  @Test
  void whatLastsIsRememberedInTime() {
    constant(200);
    for (var i = 0; i < 3_000; i++) {
      shapes.add(50);
    }
    assertThat(shapes.add(50)).isZero();
  }

  @Test
  void hugeValuesStayNumbers() {
    constant(200);
    assertThat(shapes.add(1e300)).isFinite().isGreaterThan(1e17);
    assertThat(shapes.add(-1e300)).isFinite();
    constant(LENGTH);
    assertThat(shapes.add(0)).isZero();
    for (var i = 0; i < 3_000; i++) {
      shapes.add(1e300);
    }
    assertThat(shapes.add(1e300)).as("once remembered").isZero();
  }

  @Test
  void bytesComeBackAndGoOnBitByBit() {
    for (var seen : new int[] {0, 3, LENGTH, 12, 20, 1_000}) {
      for (var i = 0; i < seen; i++) {
        shapes.add(random.nextGaussian());
      }
      var copy = restored(shapes);
      for (var i = 0; i < 2_000; i++) {
        var value = random.nextGaussian();
        assertThat(copy.add(value)).isEqualTo(shapes.add(value));
      }
      assertThat(bytes(copy)).isEqualTo(bytes(shapes));
    }
  }

  @Test
  void saysWhetherItRemembersOthers() {
    for (var i = 0; i < 100; i++) {
      shapes.add(random.nextGaussian());
    }
    assertThat(shapes.rememberedChanged()).isTrue();
    bytes(shapes);
    assertThat(shapes.rememberedChanged()).isFalse();
    var changes = 0;
    for (var i = 0; i < 10_000; i++) {
      shapes.add(random.nextGaussian());
      if (shapes.rememberedChanged()) {
        changes++;
        bytes(shapes);
      }
    }
    assertThat(changes).as("one in a hundred").isBetween(70, 130);
  }

  private void constant(int times) {
    for (var i = 0; i < times; i++) {
      shapes.add(0);
    }
  }

  private static byte[] bytes(Shapes shapes) {
    var out = new StateWriter();
    shapes.encodeLatest(out);
    shapes.encodeRemembered(out);
    return out.toByteArray();
  }

  private static Shapes restored(Shapes shapes) {
    var in = new StateReader(bytes(shapes));
    var copy = new Shapes();
    copy.decodeLatest(in);
    copy.decodeRemembered(in);
    return copy;
  }
}
