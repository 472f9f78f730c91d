package dev.millrace.sink;

import dev.millrace.failure.MillraceException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the log says of lanes that wait or are stopped. However many of them there are and however
 * often they try, a trouble is a line when it begins, one after half a minute and whenever it has
 * lasted twice as long again, and one when it is over. It is over when no lane has had it for 5 s,
 * so that what comes and goes does not fill the log.
 *
 * <p>A trouble is what has one code; where it is a topic's own, one code and topic. Writers call
 * {@link #failed}, the poller calls {@link #review} about once a second.
 */
final class TroubleLog {
  private static final Logger LOG = LoggerFactory.getLogger(TroubleLog.class);
  private static final long FIRST_REMINDER_MILLIS = 30_000;
  private static final long QUIET_MILLIS = 5_000;

  private final Map<Trouble, Spell> spells = new HashMap<>();

  private record Trouble(String code, String topic) {
    static Trouble of(TopicPartition partition, MillraceException why) {
      var topic = LaneWriter.stopsItsTopicAlone(why) ? partition.topic() : "";
      return new Trouble(why.code().name(), topic);
    }

    @Override
    public String toString() {
      return topic.isEmpty() ? code : code + " (" + topic + ")";
    }
  }

  /** From the first failure to the last sign of it. */
  private static final class Spell {
    private final long beganMillis;
    private long seenMillis;
    private long nextReminder = FIRST_REMINDER_MILLIS;
    private MillraceException latest;

    Spell(long beganMillis) {
      this.beganMillis = beganMillis;
    }

    long seconds() {
      return TimeUnit.MILLISECONDS.toSeconds(seenMillis - beganMillis);
    }

    boolean isToBeRemembered() {
      var due = seenMillis - beganMillis >= nextReminder;
      nextReminder = due ? 2 * nextReminder : nextReminder;
      return due;
    }
  }

  /** A lane waits, or is stopped. */
  synchronized void failed(TopicPartition partition, MillraceException why, long nowMillis) {
    var trouble = Trouble.of(partition, why);
    var spell = spells.get(trouble);
    if (spell == null) {
      spell = new Spell(nowMillis);
      spells.put(trouble, spell);
      if (LaneWriter.stops(why)) {
        LOG.error("{}: {} is stopped: {}", trouble, partition, why.getMessage());
      } else {
        LOG.warn("{}: {} waits: {}", trouble, partition, why.getMessage());
      }
    }
    spell.seenMillis = nowMillis;
    spell.latest = why;
  }

  /** Says what lasts, and what is over. */
  synchronized void review(Collection<Lane> lanes, long nowMillis) {
    if (spells.isEmpty()) {
      return;
    }
    var partitions =
        lanes.stream()
            .flatMap(lane -> lane.problem().map(why -> Trouble.of(lane.partition(), why)).stream())
            .collect(Collectors.groupingBy(each -> each, Collectors.counting()));
    spells
        .entrySet()
        .removeIf(
            each ->
                isOver(
                    each.getKey(),
                    each.getValue(),
                    partitions.getOrDefault(each.getKey(), 0L),
                    nowMillis));
  }

  private static boolean isOver(Trouble trouble, Spell spell, long partitions, long nowMillis) {
    if (partitions == 0) {
      var over = nowMillis - spell.seenMillis >= QUIET_MILLIS;
      if (over) {
        LOG.info("{}: over after {} s", trouble, spell.seconds());
      }
      return over;
    }
    spell.seenMillis = nowMillis;
    if (spell.isToBeRemembered()) {
      LOG.warn(
          "{}: for {} s now, {} partitions; the latest: {}",
          trouble,
          spell.seconds(),
          partitions,
          spell.latest.getMessage());
    }
    return false;
  }
}
