package dev.millrace.aggregate.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateCodecTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 63, 64, -64, -65, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
  void wholeNumbersComeBack(long value) {
    var out = new StateWriter();
    out.writeLong(value);
    out.writeUnsigned(value);
    out.writeFixedLong(value);
    var in = new StateReader(out.toByteArray());
    assertThat(in.readLong()).isEqualTo(value);
    assertThat(in.readUnsigned()).isEqualTo(value);
    assertThat(in.readFixedLong()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, -0.0, 1.5, Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN})
  void doublesComeBackToTheBit(double value) {
    var out = new StateWriter();
    out.writeDouble(value);
    var back = new StateReader(out.toByteArray()).readDouble();
    assertThat(Double.doubleToRawLongBits(back)).isEqualTo(Double.doubleToRawLongBits(value));
  }

  @ParameterizedTest
  @ValueSource(floats = {0.0f, -0.0f, 1.5f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN})
  void floatsComeBackToTheBit(float value) {
    var out = new StateWriter();
    out.writeFloat(value);
    assertThat(out.length()).isEqualTo(Float.BYTES);
    var back = new StateReader(out.toByteArray()).readFloat();
    assertThat(Float.floatToRawIntBits(back)).isEqualTo(Float.floatToRawIntBits(value));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000, 5_000})
  void bytesOfAnyLengthComeBackAndTheBufferIsUsedAgain(int length) {
    var out = new StateWriter();
    out.writeDouble(1);
    out.reset();
    var bytes = new byte[length];
    Arrays.fill(bytes, (byte) 7);
    out.writeBytes(bytes);
    out.writeBoolean(true);
    var in = new StateReader(out.toByteArray());
    assertThat(in.readBytes()).isEqualTo(bytes);
    assertThat(in.readBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "über 10 dBm"})
  void textComesBack(String text) {
    var out = new StateWriter();
    out.writeText(text);
    assertThat(new StateReader(out.toByteArray()).readText()).isEqualTo(text);
  }
}
