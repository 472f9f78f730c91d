package dev.millrace.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConflictMemoryTest {
  private final ConflictMemory memory = new ConflictMemory();

  @Test
  void triesStraightFirst() {
    assertThat(memory.takeStaged()).isFalse();
  }

  @Test
  void doublesTheStagedBatchesWithEachConflictInARow() {
    memory.conflicted();
    assertThat(staged()).isEqualTo(2);
    memory.conflicted();
    assertThat(staged()).isEqualTo(4);
  }

  @Test
  void neverStagesMoreThanTheLimitBeforeItTriesAgain() {
    for (var i = 0; i < 40; i++) {
      memory.conflicted();
    }
    assertThat(staged()).isEqualTo(ConflictMemory.MOST_BATCHES);
  }

  @Test
  void beginsAnewAfterAStraightCopy() {
    memory.conflicted();
    memory.conflicted();
    staged();
    memory.copied();
    memory.conflicted();
    assertThat(staged()).isEqualTo(2);
  }

  private int staged() {
    var batches = 0;
    while (memory.takeStaged()) {
      batches++;
    }
    return batches;
  }
}
