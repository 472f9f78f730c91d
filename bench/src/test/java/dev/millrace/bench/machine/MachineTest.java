package dev.millrace.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MachineTest {

  @Test
  void saysWhatDecidesAboutSpeed() {
    var machine = Machine.here().with("database", "PostgreSQL 17");
    assertThat(machine.facts()).containsKeys("cpu", "kernel", "java");
    assertThat(machine.facts()).containsEntry("database", "PostgreSQL 17");
    assertThat(machine.facts().get("cpu")).matches("\\d+ cores.*");
  }

  @Test
  void countsTheProcessorTimeOfChildrenThatEnded() throws IOException, InterruptedException {
    var shell = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done";
    var parent =
        new ProcessBuilder("sh", "-c", "sh -c '" + shell + "'; echo done; read rest").start();
    try {
      assertThat(parent.inputReader().readLine()).isEqualTo("done");
      assertThat(ProcessCpu.seconds(parent.pid())).isPositive();
    } finally {
      parent.destroy();
      parent.waitFor();
    }
    assertThat(ProcessCpu.seconds(parent.pid())).isZero();
  }
}
