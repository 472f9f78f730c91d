package dev.millrace.aggregate.learn;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.insight.Verdict;
import java.util.Optional;

/**
 * An incident, what people found of it, or both, as far as either has come. Of one that was missed,
 * the feedback tells the incident. Immutable.
 *
 * @param id the incident's
 * @param incident what is told of it
 * @param judgement what people found
 */
public record Case(String id, Optional<Incident> incident, Optional<Judgement> judgement) {

  /** Of which nothing has come. */
  public static Case of(String id) {
    return new Case(id, Optional.empty(), Optional.empty());
  }

  /** After a step of the incident; an older one than is known, published again, changes nothing. */
  public Case told(Incident latest) {
    var old = incident.filter(known -> !isMissed() && known.updated() > latest.updated());
    return old.isPresent() ? this : new Case(id, Optional.of(latest), judgement);
  }

  /** After a judgement that takes the place of any before. */
  public Case judged(Judgement latest) {
    return new Case(id, isMissed() ? Optional.empty() : incident, Optional.of(latest));
  }

  /** After the judgement was taken back. */
  public Case unjudged() {
    return new Case(id, isMissed() ? Optional.empty() : incident, Optional.empty());
  }

  /** Whether it was not detected. */
  public boolean isMissed() {
    return is(Verdict.missed);
  }

  private boolean is(Verdict verdict) {
    return judgement.filter(each -> each.verdict() == verdict).isPresent();
  }

  /** What it counts for, on the day the incident began; nothing as long as that is not known. */
  public Tally tally() {
    if (incident.isEmpty()) {
      return Tally.NONE;
    }
    return isMissed()
        ? new Tally(0, 0, 0, 1)
        : new Tally(1, is(Verdict.confirmed) ? 1 : 0, is(Verdict.false_positive) ? 1 : 0, 0);
  }

  public void encode(StateWriter out) {
    out.writeText(id);
    out.writeBoolean(incident.isPresent());
    incident.ifPresent(each -> each.encode(out));
    out.writeBoolean(judgement.isPresent());
    judgement.ifPresent(each -> each.encode(out));
  }

  public static Case decode(StateReader in) {
    var id = in.readText();
    var incident = in.readBoolean() ? Optional.of(Incident.decode(in)) : Optional.<Incident>empty();
    var judgement =
        in.readBoolean() ? Optional.of(Judgement.decode(in)) : Optional.<Judgement>empty();
    return new Case(id, incident, judgement);
  }
}
