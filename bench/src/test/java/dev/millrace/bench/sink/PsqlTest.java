package dev.millrace.bench.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PsqlTest {

  @Test
  void addsUpTheTimesOfAllStatements() {
    assertThat(Psql.secondsIn("Time: 0.250 ms\nCOPY 3\nTime: 61250.000 ms (01:01.250)\n"))
        .isEqualTo(61.25025);
    assertThat(Psql.secondsIn("")).isZero();
  }
}
