package dev.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.failure.MillraceException;
import dev.millrace.sink.write.Claim;
import dev.millrace.sink.write.WriteFailure;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LaneTest {
  private static final String TOPIC = "t";
  private static final BatchLimits LIMITS = new BatchLimits(3, 1_000_000, 50);
  private static final Claim CLAIM = new Claim(TOPIC, 0, 1, 7);

  private final Outage outage = new Outage();
  private final Lane lane = new Lane(new TopicPartition(TOPIC, 0), new ScriptedStore(TOPIC, 7));

  @Test
  void beginsWithItsClaimAndWantsNothingBefore() {
    assertThat(lane.wantsRecords(LIMITS)).isFalse();
    assertThat(lane.begin(0, LIMITS, outage)).isTrue();
    lane.claimed(CLAIM);
    lane.rest();
    assertThat(lane.wantsRecords(LIMITS)).isFalse();
    assertThat(lane.unpositioned()).contains(CLAIM);
    lane.position(CLAIM);
    assertThat(lane.unpositioned()).isEmpty();
    assertThat(lane.wantsRecords(LIMITS)).isTrue();
  }

  @Test
  void isNeverGivenToTwoWriters() {
    ready(0, 3);
    assertThat(lane.begin(0, LIMITS, outage)).isTrue();
    assertThat(lane.begin(0, LIMITS, outage)).isFalse();
    lane.rest();
    assertThat(lane.begin(0, LIMITS, outage)).isTrue();
  }

  @Test
  void waitsUntilABatchIsFullOrOldEnough() {
    ready(0, 2);
    assertThat(lane.begin(49, LIMITS, outage)).isFalse();
    assertThat(lane.begin(50, LIMITS, outage)).isTrue();
    lane.rest();
    lane.add(records(9, 10), 49);
    assertThat(lane.begin(49, LIMITS, outage)).isTrue();
  }

  @Test
  void keepsABatchUntilItIsStored() {
    ready(0, 5);
    var batch = lane.nextBatch(LIMITS);
    assertThat(batch).extracting(ConsumerRecord::offset).containsExactly(7L, 8L, 9L);
    assertThat(lane.nextBatch(LIMITS)).isEqualTo(batch);
    lane.stored(batch, new Claim(TOPIC, 0, 1, 10));
    assertThat(lane.nextBatch(LIMITS)).extracting(ConsumerRecord::offset).containsExactly(10L, 11L);
    assertThat(lane.pending()).isEqualTo(2);
    assertThat(lane.pendingBytes()).isEqualTo(2 * 129);
  }

  @Test
  void keepsABatchWithinItsBytes() {
    ready(0, 3);
    assertThat(lane.nextBatch(new BatchLimits(10, 258, 0))).hasSize(2);
    assertThat(lane.nextBatch(new BatchLimits(10, 1, 0))).hasSize(1);
  }

  @Test
  void wantsTwoBatchesAndNoMore() {
    ready(0, 5);
    assertThat(lane.wantsRecords(LIMITS)).isTrue();
    lane.add(records(12, 13), 0);
    assertThat(lane.wantsRecords(LIMITS)).isFalse();
  }

  /** They are from where the reading was before; taken, they would be stored before others. */
  @Test
  void takesNoRecordsBetweenALostClaimAndTheSeekToTheNextOne() {
    ready(0, 1);
    assertThat(lane.giveUp()).isEqualTo(1);
    assertThat(lane.add(records(8, 10), 0)).isEqualTo(2);
    lane.claimed(CLAIM);
    assertThat(lane.add(records(8, 10), 0)).isEqualTo(2);
    assertThat(lane.pending()).isZero();
    lane.position(CLAIM);
    assertThat(lane.add(records(7, 9), 0)).isZero();
  }

  /** The poller seeks for a claim that a writer has just given up: that place is not the next's. */
  @Test
  void doesNotTakeTheSeekOfOneClaimForThatOfTheNext() {
    lane.claimed(CLAIM);
    lane.giveUp();
    lane.claimed(new Claim(TOPIC, 0, 2, 20));
    lane.position(CLAIM);
    assertThat(lane.unpositioned()).map(Claim::nextOffset).contains(20L);
  }

  @Test
  void triesAgainWhenItsPauseIsOverOrSomebodyGotThrough() {
    ready(0, 3);
    lane.failed(new MillraceException(WriteFailure.DATABASE_UNAVAILABLE, "away"), outage.passes());
    lane.waitUntil(1_000);
    outage.lasts(200);
    assertThat(lane.begin(500, LIMITS, outage)).isFalse();
    outage.isOver();
    assertThat(lane.begin(500, LIMITS, outage)).isTrue();
  }

  @Test
  void holdsBackWhileTheDatabaseIsKnownToBeAway() {
    ready(0, 3);
    outage.lasts(200);
    assertThat(lane.begin(199, LIMITS, outage)).isFalse();
    assertThat(lane.begin(200, LIMITS, outage)).isTrue();
  }

  @Test
  void givesBackWhatItHoldsWhenClosedAndTheRestOfATurnAtItsEnd() {
    ready(0, 5);
    assertThat(lane.begin(0, LIMITS, outage)).isTrue();
    var batch = lane.nextBatch(LIMITS);
    assertThat(lane.close()).isZero();
    assertThat(lane.isOpen()).isFalse();
    lane.stored(batch, CLAIM);
    assertThat(lane.rest()).isEqualTo(2);
    assertThat(lane.begin(100, LIMITS, outage)).isFalse();
  }

  @Test
  void staysFencedUntilItEnds() {
    ready(0, 3);
    lane.failed(new MillraceException(WriteFailure.FENCED, "fenced"), 0);
    assertThat(lane.isFenced()).isTrue();
    assertThat(lane.begin(1_000_000, LIMITS, outage)).isFalse();
  }

  /** A partition to which nothing comes would else be stopped for ever. */
  @Test
  void isMendedByTheClaimThatFailedBefore() {
    lane.failed(new MillraceException(WriteFailure.TABLE_MISSING, "no table"), 0);
    lane.claimed(CLAIM);
    assertThat(lane.problem()).isEmpty();
  }

  /** A claim needs less than a row does. */
  @Test
  void isNotMendedByAClaimWhereStoringHasFailed() {
    ready(0, 1);
    lane.failed(new MillraceException(WriteFailure.PRIVILEGE_MISSING, "may not"), 0);
    lane.giveUp();
    ready(0, 1);
    assertThat(lane.problem()).isPresent();
    lane.stored(lane.nextBatch(LIMITS), CLAIM);
    assertThat(lane.problem()).isEmpty();
  }

  @Test
  void knowsSinceWhenItsOldestRecordWaits() {
    assertThat(lane.waitingSince()).isNegative();
    ready(0, 2);
    assertThat(lane.waitingSince()).isEqualTo(1_007);
    lane.stored(lane.nextBatch(LIMITS), CLAIM);
    assertThat(lane.waitingSince()).isEqualTo(1_008);
  }

  private void ready(long nowMillis, int count) {
    lane.claimed(CLAIM);
    lane.position(CLAIM);
    assertThat(lane.add(records(7, 7 + count), nowMillis)).isZero();
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(long from, long to) {
    return LongStream.range(from, to).mapToObj(offset -> Records.of(TOPIC, 0, offset)).toList();
  }
}
