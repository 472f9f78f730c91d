package dev.millrace.aggregate.pair;

import dev.millrace.aggregate.codec.StateTexts;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Condition;
import dev.millrace.schema.Pairing;
import dev.millrace.schema.Pairing.Marked;
import dev.millrace.schema.Pairing.Near;
import dev.millrace.schema.Pairing.Party;
import dev.millrace.schema.Pairing.Side;
import dev.millrace.schema.Place;
import dev.millrace.schema.RecordType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;

/**
 * In which rules the records of one type take part, and as what. Compiled once a task; one thread.
 */
public final class MemberPlan {
  private final RecordType type;
  private final List<Role> roles = new ArrayList<>();
  private final StateWriter key = new StateWriter();

  /** One part in one rule. */
  private record Role(Pairing.Rule rule, Party party, Optional<Side> side, int number) {

    /** Everything it looks at. */
    Stream<Place> places() {
      var own = Stream.concat(Stream.of(Place.of(party.id())), party.key().stream());
      var only = party.only().stream().flatMap(condition -> condition.places().stream());
      var of =
          side.stream().flatMap(each -> Stream.concat(each.by().stream(), each.sort().stream()));
      return Stream.of(own, only, of, marks(rule)).flatMap(places -> places);
    }

    private static Stream<Place> marks(Pairing.Rule rule) {
      return rule instanceof Marked marked
          ? Stream.of(marked.mark(), marked.parent())
          : Stream.empty();
    }
  }

  /** What becomes of a member. */
  @FunctionalInterface
  public interface Taker {
    /**
     * Takes one.
     *
     * @param key of its group, good until the next
     */
    void take(StateWriter key, Member member);
  }

  /** Compiles it for one of the types that are paired. */
  public MemberPlan(Pairing pairing, RecordType type) {
    this.type = type;
    for (var rule : pairing.rules()) {
      if (rule instanceof Marked marked) {
        add(new Role(rule, marked.party(), Optional.empty(), 0));
      } else if (rule instanceof Near near) {
        for (var i = 0; i < near.sides().size(); i++) {
          var side = near.sides().get(i);
          add(new Role(rule, side.party(), Optional.of(side), i));
        }
      }
    }
  }

  private void add(Role role) {
    if (role.party().of().topic().equals(type.topic())) {
      roles.add(role);
    }
  }

  /** Conditions of which a record must meet all of one list, or it has no part in anything. */
  public List<List<Condition>> wanted() {
    return roles.stream().map(role -> role.party().only()).toList();
  }

  /** The fields that are looked at. */
  public Set<String> fields() {
    var fields = new HashSet<String>();
    fields.add(type.eventTime());
    roles.forEach(role -> role.places().forEach(place -> fields.add(place.field())));
    return fields;
  }

  /**
   * The members a record gives; none if it is of a time that cannot be, or has no id.
   *
   * @param latestMicros the latest event time that is believed
   */
  public void members(GenericRecord record, long latestMicros, Taker taker) {
    var micros = (Long) record.get(type.eventTime());
    if (micros < 0 || micros > latestMicros) {
      return;
    }
    for (var role : roles) {
      if (role.party().only().stream().allMatch(condition -> condition.holds(record))) {
        member(role, record, micros).ifPresent(member -> address(role, record, member, taker));
      }
    }
  }

  private Optional<Member> member(Role role, GenericRecord record, long micros) {
    var parent = mark(role, record, Marked::parent).flatMap(MemberPlan::id);
    var side = new ArrayList<>(List.of(Integer.toString(role.number())));
    role.side().ifPresent(each -> side.addAll(texts(each.by(), record)));
    return id(record.get(role.party().id()).toString())
        .map(
            id ->
                new Member(
                    role.rule().type(),
                    type.topic(),
                    id,
                    micros,
                    texts(role.party().key(), record).get(0),
                    parent,
                    mark(role, record, Marked::mark).isPresent(),
                    side,
                    role.side().map(each -> texts(each.sort(), record)).orElse(List.of())));
  }

  /** A record without a mark is with those of its parent. */
  private void address(Role role, GenericRecord record, Member member, Taker taker) {
    key.reset();
    StateTexts.write(role.rule().type(), key);
    texts(role.party().key(), record).forEach(text -> StateTexts.write(text, key));
    if (role.rule() instanceof Marked) {
      var mark = mark(role, record, Marked::mark).or(() -> mark(role, record, Marked::parent));
      StateTexts.write(mark.orElse(""), key);
    }
    taker.take(key, member);
  }

  private static Optional<String> mark(
      Role role, GenericRecord record, java.util.function.Function<Marked, Place> which) {
    return role.rule() instanceof Marked marked
        ? Optional.ofNullable(which.apply(marked).textIn(record))
        : Optional.empty();
  }

  private static List<String> texts(List<Place> places, GenericRecord record) {
    return places.stream()
        .map(place -> Objects.requireNonNullElse(place.textIn(record), ""))
        .toList();
  }

  /** The sink puts a record aside whose id is no uuid. */
  private static Optional<UUID> id(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }
}
