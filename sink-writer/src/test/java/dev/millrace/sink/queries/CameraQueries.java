package dev.millrace.sink.queries;

import static dev.millrace.sink.queries.Answer.row;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.sink.queries.CameraData.Event;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What cameras saw. */
abstract class CameraQueries extends DomainQueries {
  private static final Comparator<Event> NEWEST_FIRST = Comparator.comparing(Event::at).reversed();

  CameraData data;

  CameraQueries(QueriedDatabase database) {
    super(database, "camera");
  }

  @Override
  void load() throws SQLException {
    data = new CameraData(base(), random);
    data.store(database);
  }

  @Test
  void recentEvents() throws SQLException {
    var answer = ask("recent_events");
    answer.is(
        since(answer, Duration.ofHours(1))
            .filter(e -> e.camera().equals("CAM001"))
            .sorted(NEWEST_FIRST)
            .limit(100)
            .map(
                e ->
                    row(
                        e.id(),
                        e.type(),
                        e.at(),
                        number(e.motion()),
                        (long) e.objectCount(),
                        Answer.json(e.objectsJson())))
            .toList());
  }

  @Test
  void eventsWithAPerson() throws SQLException {
    var answer = ask("events_with_person");
    answer.is(
        since(answer, Duration.ofHours(24))
            .filter(with("person"))
            .sorted(NEWEST_FIRST)
            .map(e -> row(e.camera(), e.at(), Answer.json(e.objectsJson())))
            .toList());
  }

  @Test
  void eventsPerMinute() throws SQLException {
    var answer = ask("events_per_minute");
    var expected = new ArrayList<List<Object>>();
    since(answer, Duration.ofHours(1))
        .filter(e -> e.camera().equals("CAM001"))
        .collect(groupingBy(e -> e.at().truncatedTo(ChronoUnit.MINUTES)))
        .forEach(
            (minute, events) ->
                expected.add(
                    row(
                        minute,
                        (long) events.size(),
                        Figures.of(events.stream().map(Event::motion).toList()).mean(),
                        events.stream().mapToLong(Event::objectCount).sum())));
    expected.sort(
        Comparator.comparing((List<Object> minute) -> (Instant) minute.get(0)).reversed());
    answer.is(expected);
  }

  @Test
  void simultaneousMotion() throws SQLException {
    var answer = ask("simultaneous_motion");
    var motions =
        since(answer, Duration.ofMinutes(10))
            .filter(e -> e.type().equals("motion"))
            .sorted(Comparator.comparing(Event::at))
            .toList();
    var expected = new ArrayList<List<Object>>();
    for (var i = 1; i < motions.size(); i++) {
      var passed = Duration.between(motions.get(i - 1).at(), motions.get(i).at());
      if (passed.compareTo(Duration.ofSeconds(5)) < 0) {
        expected.add(row(motions.get(i).camera(), motions.get(i).at(), passed));
      }
    }
    assertThat(expected).hasSizeLessThan(motions.size() - 1);
    answer.is(expected);
  }

  @Test
  void duplicateScenes() throws SQLException {
    var answer = ask("duplicate_scenes");
    var expected = new ArrayList<List<Object>>();
    var scenes =
        since(answer, Duration.ofHours(1))
            .filter(e -> e.camera().equals("CAM001") && e.scene() != null)
            .collect(groupingBy(Event::scene));
    scenes.forEach(
        (scene, events) -> {
          if (events.size() > 5) {
            var times = events.stream().map(Event::at).sorted().toList();
            expected.add(
                row(
                    "CAM001",
                    scene,
                    (long) times.size(),
                    times.get(0),
                    times.get(times.size() - 1)));
          }
        });
    assertThat(expected).hasSizeLessThan(scenes.size());
    answer.isInAnyOrder(expected);
    assertThat(answer.<Long>column("duplicate_count"))
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  /** The same as the view that the seed makes of it. */
  @Test
  void cameraStatsHourly() throws SQLException {
    var expected = new ArrayList<List<Object>>();
    data.events.stream()
        .collect(groupingBy(e -> List.of(e.camera(), e.at().truncatedTo(ChronoUnit.HOURS))))
        .forEach(
            (place, events) -> {
              var objects = Figures.of(events.stream().map(Event::objectCount).toList());
              expected.add(
                  row(
                      place.get(0),
                      place.get(1),
                      (long) events.size(),
                      Figures.of(events.stream().map(Event::motion).toList()).mean(),
                      objects.mean(),
                      Math.round(objects.max())));
            });
    ask("camera_stats_hourly_definition").isInAnyOrder(expected);
    view("mv_camera_stats_hourly").isInAnyOrder(expected);
  }

  @Test
  void whatTheIndexesAreFor() throws SQLException {
    var recent = ask("recent_events_of_camera");
    recent.is(
        since(recent, Duration.ofHours(24))
            .filter(e -> e.camera().equals("CAM001"))
            .sorted(NEWEST_FIRST)
            .map(e -> row(e.id(), e.type(), e.at()))
            .toList());
    ask("high_motion_events")
        .is(
            data.events.stream()
                .filter(e -> e.motion() != null && e.motion().doubleValue() > 0.7)
                .sorted(NEWEST_FIRST)
                .map(e -> row(e.camera(), e.at(), Answer.json(e.objectsJson())))
                .toList());
    ask("object_class_search")
        .is(data.events.stream().filter(with("car")).map(e -> row(e.id(), e.camera())).toList());
    ask("events_pending_claude")
        .is(
            data.events.stream()
                .filter(e -> !e.sentToClaude())
                .sorted(Comparator.comparing(Event::at))
                .map(e -> row(e.id(), e.at()))
                .toList());
  }

  /** When the events were. */
  List<Instant> times() {
    return data.events.stream().map(Event::at).toList();
  }

  Answer view(String name) throws SQLException {
    try (var session = session()) {
      return session.run("SELECT * FROM " + name, Map.of());
    }
  }

  private Stream<Event> since(Answer answer, Duration age) {
    return data.events.stream().filter(e -> e.at().isAfter(answer.now().minus(age)));
  }

  private static Predicate<Event> with(String objectClass) {
    return e -> e.objects() != null && e.objects().contains(objectClass);
  }

  static Double number(Number value) {
    return value == null ? null : value.doubleValue();
  }
}
