package dev.millrace.aggregate.pair;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateTexts;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Pairing;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The records that bear one mark. Of n of them come n - 1 pairs, in whatever order they arrive: the
 * first is paired with each that is later, and with the one that was the first so far if it comes
 * after that. Keeps the first and {@value SeenIds#MOST} ids: some 100 to 500 bytes.
 */
final class MarkedGroup extends Group {
  private final SeenIds seen;
  private Pair.Ref first;
  private long firstMicros;
  private Optional<UUID> firstParent = Optional.empty();
  private int pairs;

  MarkedGroup() {
    this(new SeenIds());
  }

  private MarkedGroup(SeenIds seen) {
    this.seen = seen;
  }

  void take(Member member, Pairing.Marked rule, Consumer<? super Pair> found) {
    if (!seen.add(member.id())) {
      return;
    }
    member
        .parent()
        .filter(parent -> !parent.equals(member.id()))
        .ifPresent(parent -> found.accept(ofParent(parent, member, rule)));
    if (member.marked()) {
      follow(member, rule, found);
    }
  }

  private Pair ofParent(UUID parent, Member member, Pairing.Marked rule) {
    var lag =
        isFirst(parent) ? OptionalLong.of(member.micros() - firstMicros) : OptionalLong.empty();
    return new Pair(
        rule.type(),
        member.owner(),
        new Pair.Ref(member.topic(), parent),
        new Pair.Ref(member.topic(), member.id()),
        member.micros(),
        lag,
        1,
        1,
        Map.of("by", rule.parent().name()));
  }

  private void follow(Member member, Pairing.Marked rule, Consumer<? super Pair> found) {
    if (first == null) {
      begin(member);
      return;
    }
    if (isFirst(member.id())) {
      return;
    }
    var lag = Math.abs(member.micros() - firstMicros);
    var earlier = isEarlier(member);
    if (lag > micros(rule)) {
      if (!earlier) {
        begin(member);
        pairs = 0;
      }
      return;
    }
    var known =
        earlier ? isParentOfFirst(member) : member.parent().filter(this::isFirst).isPresent();
    if (!known && pairs < rule.most()) {
      pairs++;
      found.accept(ofMark(member, earlier, lag, rule));
    }
    if (earlier) {
      begin(member);
    }
  }

  private Pair ofMark(Member member, boolean earlier, long lag, Pairing.Marked rule) {
    var self = new Pair.Ref(member.topic(), member.id());
    return new Pair(
        rule.type(),
        member.owner(),
        earlier ? self : first,
        earlier ? first : self,
        earlier ? firstMicros : member.micros(),
        OptionalLong.of(lag),
        strength(lag, rule),
        rule.weight().confidence(),
        Map.of("by", rule.mark().name()));
  }

  /** Of two at the same time, it is told by their ids which one is the first. */
  private boolean isEarlier(Member member) {
    return member.micros() < firstMicros
        || (member.micros() == firstMicros && member.id().compareTo(first.id()) < 0);
  }

  private boolean isFirst(UUID id) {
    return first != null && first.id().equals(id);
  }

  private boolean isParentOfFirst(Member member) {
    return firstParent.filter(member.id()::equals).isPresent();
  }

  private void begin(Member member) {
    first = new Pair.Ref(member.topic(), member.id());
    firstMicros = member.micros();
    firstParent = member.parent();
  }

  @Override
  void write(StateWriter out) {
    seen.encode(out);
    out.writeUnsigned(pairs);
    out.writeBoolean(first != null);
    if (first != null) {
      StateTexts.write(first.topic(), out);
      StateTexts.writeId(first.id(), out);
      out.writeLong(firstMicros);
      Member.writeOptional(firstParent, out);
    }
  }

  static MarkedGroup read(StateReader in) {
    var group = new MarkedGroup(SeenIds.decode(in));
    group.pairs = in.readInt();
    if (in.readBoolean()) {
      group.first = new Pair.Ref(StateTexts.read(in), StateTexts.readId(in));
      group.firstMicros = in.readLong();
      group.firstParent = Member.readOptional(in);
    }
    return group;
  }
}
