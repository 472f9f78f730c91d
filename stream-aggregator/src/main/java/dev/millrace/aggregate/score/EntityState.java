package dev.millrace.aggregate.score;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.schema.Scoring;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of one entity, but for what its hours say: whether it is up, its incidents, its
 * labels, and when it was scored. Some 1.5 KB of heap and 0.75 KB encoded; incidents come on top.
 * Not for use by several threads.
 */
public final class EntityState {
  private final Timeline timeline;
  private final UpState up;
  private final OpenIncidents incidents;
  private List<String> labels = List.of();
  private long labelled = Long.MIN_VALUE;
  private String tallied;

  private EntityState(Timeline timeline, UpState up, OpenIncidents incidents) {
    this.timeline = timeline;
    this.up = up;
    this.incidents = incidents;
  }

  /** Of one that was not known before. */
  public EntityState(List<Scoring.Trend> trends) {
    this(new Timeline(trends), new UpState(), new OpenIncidents());
  }

  public Timeline timeline() {
    return timeline;
  }

  public UpState up() {
    return up;
  }

  public OpenIncidents incidents() {
    return incidents;
  }

  /** The name of its group, then its labels; empty where they are not known. */
  public List<String> labels() {
    return labels;
  }

  /** The name of its group, or nothing. */
  public String group() {
    return labels.isEmpty() ? "" : labels.get(0);
  }

  /**
   * Takes the labels of a fact, unless those it has are of a later one. What the fact leaves empty
   * stays. Answers whether any has changed.
   */
  public boolean label(Fact fact) {
    if (fact.micros() < labelled) {
      return false;
    }
    labelled = fact.micros();
    var merged = new ArrayList<String>();
    for (var i = 0; i < fact.labels().size(); i++) {
      var known = i < labels.size() ? labels.get(i) : "";
      merged.add(fact.labels().get(i).isEmpty() ? known : fact.labels().get(i));
    }
    var changed = !merged.equals(labels);
    labels = List.copyOf(merged);
    return changed;
  }

  /** The group that has its scores, or null before the first. */
  public String tallied() {
    return tallied;
  }

  /** A group has its scores from now on. */
  public void tallied(String by) {
    tallied = by;
  }

  public void encode(StateWriter out) {
    timeline.encode(out);
    up.encode(out);
    incidents.encode(out);
    Texts.write(labels, out);
    out.writeFixedLong(labelled);
    out.writeBoolean(tallied != null);
    if (tallied != null) {
      Texts.write(tallied, out);
    }
  }

  public static EntityState decode(StateReader in) {
    var state = new EntityState(Timeline.decode(in), UpState.decode(in), OpenIncidents.decode(in));
    state.labels = List.copyOf(Texts.readList(in));
    state.labelled = in.readFixedLong();
    state.tallied = in.readBoolean() ? Texts.read(in) : null;
    return state;
  }
}
