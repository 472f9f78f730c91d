package dev.millrace.embedded.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Confluent's REST calls, as far as clients that read and write Avro need them. Answers are what
 * becomes JSON; refusals are {@link RegistryRefusal}s. A change is in the journal before it is in
 * the store: what could not be kept is never answered, not even to whoever asks again.
 */
final class RegistryApi {
  private final RegistryStore store;
  private final Optional<RegistryJournal> journal;

  RegistryApi(RegistryStore store, Optional<RegistryJournal> journal) {
    this.store = store;
    this.journal = journal;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/", request -> Map.of()),
        Route.of("GET", "/mode", request -> Map.of("mode", "READWRITE")),
        Route.of("GET", "/mode/*", request -> Map.of("mode", "READWRITE")),
        Route.of("GET", "/schemas/types", request -> List.of("AVRO")),
        Route.of("GET", "/schemas/ids/*", this::schemaById),
        Route.of("GET", "/subjects", request -> store.subjects()),
        Route.of("POST", "/subjects/*", request -> store.find(request.subject(), request.schema())),
        Route.of("GET", "/subjects/*/versions", this::versions),
        Route.of("POST", "/subjects/*/versions", this::register),
        Route.of("GET", "/subjects/*/versions/*", this::version),
        Route.of("GET", "/config", request -> configured(store.globalLevel())),
        Route.of("GET", "/config/*", this::level),
        Route.of("PUT", "/config", this::setGlobalLevel),
        Route.of("PUT", "/config/*", this::setLevel),
        Route.of("POST", "/compatibility/subjects/*/versions", this::compatibleWithAll),
        Route.of("POST", "/compatibility/subjects/*/versions/*", this::compatibleWithOne));
  }

  private Object schemaById(Request request) {
    var id = request.subject();
    try {
      return Map.of("schema", store.schema(Integer.parseInt(id)));
    } catch (NumberFormatException notANumber) {
      throw RegistryRefusal.noSchema(id);
    }
  }

  private Object versions(Request request) {
    return IntStream.rangeClosed(1, store.versions(request.subject())).boxed().toList();
  }

  private Object version(Request request) {
    return store.version(request.subject(), number(request));
  }

  private int number(Request request) {
    return request.version(store.versions(request.subject()));
  }

  /** One at a time, so that the journal has the registrations in the order of their ids. */
  private synchronized Object register(Request request) {
    var subject = request.subject();
    var registration =
        store.register(
            subject,
            request.schema(),
            made -> journal.ifPresent(j -> j.registered(subject, made.id(), made.schema())));
    return Map.of("id", registration.id());
  }

  private Object level(Request request) {
    var own = store.level(request.subject());
    if (own.isEmpty() && !request.asks("defaultToGlobal")) {
      throw RegistryRefusal.noCompatibility(request.subject());
    }
    return configured(own.orElseGet(store::globalLevel));
  }

  private synchronized Object setGlobalLevel(Request request) {
    var level = RegistryStore.validLevel(askedLevel(request));
    journal.ifPresent(j -> j.levelSet(null, level));
    return Map.of("compatibility", store.setGlobalLevel(level));
  }

  private synchronized Object setLevel(Request request) {
    var level = RegistryStore.validLevel(askedLevel(request));
    journal.ifPresent(j -> j.levelSet(request.subject(), level));
    return Map.of("compatibility", store.setLevel(request.subject(), level));
  }

  private static String askedLevel(Request request) {
    return request.body().path("compatibility").asText("");
  }

  private static Map<String, String> configured(String level) {
    return Map.of("compatibilityLevel", level);
  }

  private Object compatibleWithAll(Request request) {
    return verdict(request, store.differencesFromAll(request.subject(), request.schema()));
  }

  private Object compatibleWithOne(Request request) {
    var number = number(request);
    return verdict(request, store.differencesFrom(request.subject(), number, request.schema()));
  }

  private static Object verdict(Request request, List<String> differences) {
    var compatible = differences.isEmpty();
    return request.asks("verbose")
        ? Map.of("is_compatible", compatible, "messages", differences)
        : Map.of("is_compatible", compatible);
  }
}
