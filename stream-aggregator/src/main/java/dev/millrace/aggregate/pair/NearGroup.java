package dev.millrace.aggregate.pair;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateTexts;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Pairing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The records that happened close to each other: the latest of each sort, {@value #MOST_OF_A_SIDE}
 * of a side and {@value #MOST} in all; the oldest go. A record makes pairs with those of other
 * sides, unless its sort has happened within the same time before: then it is a repetition, or came
 * late, or was published again. So the pairs are as many as there are outbreaks, not as events, and
 * certainly not their square. Some 250 bytes a sort.
 */
final class NearGroup extends Group {
  static final int MOST_OF_A_SIDE = 8;
  static final int MOST = 32;

  private final List<Latest> sorts = new ArrayList<>();

  /** The latest record of a sort. */
  private record Latest(String topic, UUID id, long micros, List<String> side, List<String> sort) {

    static Latest of(Member member) {
      return new Latest(member.topic(), member.id(), member.micros(), member.side(), member.sort());
    }

    boolean isOfSortOf(Member member) {
      return sort.equals(member.sort()) && side.equals(member.side());
    }

    long distance(Member member) {
      return Math.abs(micros - member.micros());
    }

    Pair.Ref ref() {
      return new Pair.Ref(topic, id);
    }
  }

  void take(Member member, Pairing.Near rule, Consumer<? super Pair> found) {
    var mine = find(member);
    var before = mine < 0 ? null : sorts.get(mine);
    if (before == null || member.micros() - before.micros() > micros(rule)) {
      pair(member, rule, found);
    }
    if (before == null) {
      keep(member);
    } else if (member.micros() > before.micros()) {
      sorts.set(mine, Latest.of(member));
    }
  }

  private int find(Member member) {
    for (var i = 0; i < sorts.size(); i++) {
      if (sorts.get(i).isOfSortOf(member)) {
        return i;
      }
    }
    return -1;
  }

  private void pair(Member member, Pairing.Near rule, Consumer<? super Pair> found) {
    var near =
        sorts.stream()
            .filter(other -> !other.side().equals(member.side()))
            .filter(other -> other.distance(member) <= micros(rule))
            .sorted(
                Comparator.comparingLong((Latest other) -> other.distance(member))
                    .thenComparing(Latest::id))
            .toList();
    near.stream()
        .limit(rule.most())
        .forEach(other -> found.accept(pair(member, other, rule, near.size())));
  }

  private static Pair pair(Member member, Latest other, Pairing.Near rule, int candidates) {
    var self = new Pair.Ref(member.topic(), member.id());
    var earlier =
        member.micros() < other.micros()
            || (member.micros() == other.micros() && member.id().compareTo(other.id()) < 0);
    return new Pair(
        rule.type(),
        member.owner(),
        earlier ? self : other.ref(),
        earlier ? other.ref() : self,
        Math.max(member.micros(), other.micros()),
        OptionalLong.of(other.distance(member)),
        strength(other.distance(member), rule),
        rule.weight().confidence() / candidates,
        Map.of("candidates", candidates));
  }

  /** In place of the oldest of its side, or of all, where there is no room; if that is older. */
  private void keep(Member member) {
    var ofSide = sorts.stream().filter(other -> other.side().equals(member.side())).toList();
    var crowd = ofSide.size() >= MOST_OF_A_SIDE ? ofSide : sorts.size() >= MOST ? sorts : null;
    if (crowd != null) {
      var oldest = crowd.stream().min(Comparator.comparingLong(Latest::micros)).orElseThrow();
      if (oldest.micros() >= member.micros()) {
        return;
      }
      sorts.remove(oldest);
    }
    sorts.add(Latest.of(member));
  }

  @Override
  void write(StateWriter out) {
    out.writeUnsigned(sorts.size());
    for (var latest : sorts) {
      StateTexts.write(latest.topic(), out);
      StateTexts.writeId(latest.id(), out);
      out.writeLong(latest.micros());
      StateTexts.writeAll(latest.side(), out);
      StateTexts.writeAll(latest.sort(), out);
    }
  }

  static NearGroup read(StateReader in) {
    var group = new NearGroup();
    var count = in.readInt();
    for (var i = 0; i < count; i++) {
      group.sorts.add(
          new Latest(
              StateTexts.read(in),
              StateTexts.readId(in),
              in.readLong(),
              StateTexts.readAll(in),
              StateTexts.readAll(in)));
    }
    return group;
  }
}
