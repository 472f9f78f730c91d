package dev.millrace.bench.state;

import dev.millrace.bench.site.Offsets;
import dev.millrace.bench.site.Waiting;
import dev.millrace.schema.hub.HubRecords;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;

/** The consumer group of an application, as the broker has it. One thread. */
record Group(Admin admin, String application) {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String SAMPLES = HubRecords.SAMPLES.topic();

  /** Waits until so many samples, from the beginning on, are folded and committed. */
  void awaitFolded(long samples) {
    Waiting.until(
        "%,d samples to be folded by %s".formatted(samples, application),
        PATIENCE,
        () -> Offsets.committed(admin, application, SAMPLES) >= samples);
  }

  /** Waits until so many processes share the partitions, and each of them has some. */
  void awaitMembers(int members) {
    Waiting.until(
        "%d processes to share the work of %s".formatted(members, application),
        PATIENCE,
        () -> isShared(describe(), members));
  }

  private static boolean isShared(ConsumerGroupDescription group, int members) {
    return group.groupState() == GroupState.STABLE
        && group.members().size() == members
        && group.members().stream()
            .allMatch(
                member ->
                    member.assignment().topicPartitions().stream()
                        .anyMatch(partition -> partition.topic().equals(SAMPLES)));
  }

  private ConsumerGroupDescription describe() {
    var asked = admin.describeConsumerGroups(List.of(application));
    return await("describe", asked.describedGroups().get(application));
  }

  /** Forgets members that were killed, as the broker does after their session. */
  void removeMembers() {
    var all = new RemoveMembersFromConsumerGroupOptions();
    await("empty", admin.removeMembersFromConsumerGroup(application, all).all());
  }

  private <T> T await(String what, KafkaFuture<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException refused) {
      throw new IllegalStateException(
          "cannot %s the group %s".formatted(what, application), refused.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
