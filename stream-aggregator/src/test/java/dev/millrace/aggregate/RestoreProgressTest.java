package dev.millrace.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestoreProgressTest {
  private static final TopicPartition FIRST = new TopicPartition("changelog", 0);
  private static final TopicPartition SECOND = new TopicPartition("changelog", 1);

  private final RestoreProgress progress = new RestoreProgress();

  @Test
  void countsWhatIsStillToBeRead() {
    assertThat(progress.words()).isEmpty();
    progress.onRestoreStart(FIRST, "s", 100, 1_100);
    progress.onRestoreStart(SECOND, "s", 0, 500);
    progress.onBatchRestored(FIRST, "s", 500, 400);
    assertThat(progress.remaining()).isEqualTo(1_100);
    assertThat(progress.words()).hasValue("restoring: 1,100 of 1,500 records to read");
    progress.onRestoreEnd(FIRST, "s", 1_000);
    progress.onRestoreSuspended(SECOND, "s", 0);
    assertThat(progress.remaining()).isZero();
    assertThat(progress.words()).isEmpty();
  }
}
