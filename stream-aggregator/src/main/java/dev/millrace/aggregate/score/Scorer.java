package dev.millrace.aggregate.score;

import dev.millrace.schema.Scoring;
import dev.millrace.schema.insight.Severity;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Scores one entity at one moment. Compiled once a task; the same input, the same scores. Not for
 * use by several threads.
 *
 * <p>A component is the blend of its parts, and 0 while the entity is down, if it is the one that
 * shows that. The overall score is the blend of the components by their weights, at most so many
 * times a vital one, less what open incidents take. If nothing is known but incidents, they take it
 * from 100.
 */
public final class Scorer {
  private static final double BEST = 100;

  private final Scoring scoring;
  private final Blend[] blends;
  private final Optional<Integer> ofState;

  /** Compiles it. */
  public Scorer(Scoring scoring) {
    this.scoring = scoring;
    this.blends =
        Stream.generate(Blend::new).limit(scoring.components().size()).toArray(Blend[]::new);
    this.ofState = scoring.state().map(state -> indexOf(scoring, state.component()));
  }

  static int indexOf(Scoring scoring, String component) {
    return scoring.components().stream().map(Scoring.Component::field).toList().indexOf(component);
  }

  /**
   * The tally of an entity.
   *
   * @param parts of the hour that closed last, if there are any
   */
  public Tally score(ScopeName entity, EntityState state, Optional<HourParts> parts, long micros) {
    for (var blend : blends) {
      blend.clear();
    }
    parts.ifPresent(latest -> latest.addTo(blends));
    if (isDown(entity, state, micros)) {
      blends[ofState.orElseThrow()].clear();
      blends[ofState.orElseThrow()].add(1, 0);
    }
    var kind = scoring.entities().get(entity.kind());
    var tally = new Tally(blends.length);
    for (var i = 0; i < blends.length; i++) {
      if (!blends[i].isEmpty()) {
        tally.addComponent(i, kind.weight(), blends[i].score());
      }
    }
    var active = state.incidents().at(micros);
    active.forEach(tally::addActive);
    addOverall(tally, kind.weight(), burden(tally));
    return tally;
  }

  private boolean isDown(ScopeName entity, EntityState state, long micros) {
    return scoring
        .state()
        .filter(each -> each.entity().equals(scoring.entities().get(entity.kind()).scope()))
        .filter(each -> state.up().isDown(micros, each))
        .isPresent();
  }

  /** The share that is left under the open incidents. */
  private double burden(Tally tally) {
    var burden = 0.0;
    for (var severity : Severity.values()) {
      var each = scoring.burden().bySeverity().getOrDefault(severity.name(), 0.0);
      burden += tally.active(severity) * each;
    }
    return 1 + scoring.burden().most() * Math.expm1(-burden);
  }

  private void addOverall(Tally tally, double weight, double left) {
    var overall = new Blend();
    var ceiling = BEST;
    for (var i = 0; i < blends.length; i++) {
      var component = scoring.components().get(i);
      if (!blends[i].isEmpty()) {
        overall.add(component.weight(), blends[i].score());
        if (component.ceiling().isPresent()) {
          ceiling = Math.min(ceiling, component.ceiling().getAsDouble() * blends[i].score());
        }
      }
    }
    if (!overall.isEmpty()) {
      tally.addOverall(weight, Math.min(overall.score(), ceiling) * left);
    } else if (tally.active() > 0) {
      tally.addOverall(weight, BEST * left);
    }
  }
}
