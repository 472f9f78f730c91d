package dev.millrace.aggregate.pair;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateTexts;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A record that takes part in a rule: as much of it as pairs are made of.
 *
 * @param rule the rule's type
 * @param topic of the record
 * @param id what names the record
 * @param micros when it happened
 * @param owner whose it is
 * @param parent the record it follows from, if it names one
 * @param marked whether it bears a mark, so that it follows from the first that does
 * @param side which side it is on
 * @param sort what tells it from a repetition of another
 */
public record Member(
    String rule,
    String topic,
    UUID id,
    long micros,
    String owner,
    Optional<UUID> parent,
    boolean marked,
    List<String> side,
    List<String> sort) {

  public Member {
    side = List.copyOf(side);
    sort = List.copyOf(sort);
  }

  public void encode(StateWriter out) {
    StateTexts.write(rule, out);
    StateTexts.write(topic, out);
    StateTexts.writeId(id, out);
    out.writeLong(micros);
    StateTexts.write(owner, out);
    writeOptional(parent, out);
    out.writeBoolean(marked);
    StateTexts.writeAll(side, out);
    StateTexts.writeAll(sort, out);
  }

  public static Member decode(StateReader in) {
    return new Member(
        StateTexts.read(in),
        StateTexts.read(in),
        StateTexts.readId(in),
        in.readLong(),
        StateTexts.read(in),
        readOptional(in),
        in.readBoolean(),
        StateTexts.readAll(in),
        StateTexts.readAll(in));
  }

  static void writeOptional(Optional<UUID> id, StateWriter out) {
    out.writeBoolean(id.isPresent());
    id.ifPresent(known -> StateTexts.writeId(known, out));
  }

  static Optional<UUID> readOptional(StateReader in) {
    return in.readBoolean() ? Optional.of(StateTexts.readId(in)) : Optional.empty();
  }
}
