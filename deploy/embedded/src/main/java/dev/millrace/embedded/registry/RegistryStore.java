package dev.millrace.embedded.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.CompatibilityChecker;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.CompatibilityLevel;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;

/**
 * The schemas of a registry, in memory: ids by schema, versions by subject, compatibility by
 * subject. A schema has one id, whatever subjects it is registered under. What a schema is and
 * which schemas are compatible is Confluent's own code; this is the one class here that names it.
 * Safe for use by several threads.
 *
 * <p>Refusals are {@link RegistryRefusal}s.
 */
final class RegistryStore {
  private static final List<String> LEVELS =
      Arrays.stream(CompatibilityLevel.values()).map(level -> level.name).toList();

  private final Map<Integer, AvroSchema> byId = new LinkedHashMap<>();
  private final Map<String, List<Integer>> idsBySubject = new TreeMap<>();
  private final Map<String, String> levelBySubject = new TreeMap<>();
  private String globalLevel = CompatibilityLevel.BACKWARD.name;
  private int highestId;

  /** A schema under a subject. */
  record Version(String subject, int version, int id, String schema) {}

  /** What a registration came to. */
  record Registration(int id, String schema) {}

  /**
   * Registers a schema, unless the subject has it already.
   *
   * @param keep is given a new registration before it counts; if it throws, nothing is registered
   * @throws RegistryRefusal 42201 if it is no schema, 409 if the subject's level forbids it
   */
  synchronized Registration register(String subject, String json, Consumer<Registration> keep) {
    var schema = parse(json);
    var known = idOf(schema);
    if (known.isPresent() && ids(subject).contains(known.get())) {
      return new Registration(known.get(), schema.canonicalString());
    }
    var differences = differences(schema, subject, schemas(subject));
    if (!differences.isEmpty()) {
      throw RegistryRefusal.incompatible(subject, differences);
    }
    var id = known.orElse(highestId + 1);
    var registration = new Registration(id, schema.canonicalString());
    keep.accept(registration);
    add(subject, id, schema);
    return registration;
  }

  /** Takes a registration of an earlier run as it was. */
  synchronized void restore(String subject, int id, String json) {
    add(subject, id, parse(json));
  }

  private void add(String subject, int id, AvroSchema schema) {
    byId.put(id, schema);
    idsBySubject.computeIfAbsent(subject, s -> new ArrayList<>()).add(id);
    highestId = Math.max(highestId, id);
  }

  /** The version of a subject that is this schema: 40401 or 40403 if there is none. */
  synchronized Version find(String subject, String json) {
    var ids = existing(subject);
    var position = idOf(parse(json)).map(ids::indexOf).orElse(-1);
    if (position < 0) {
      throw RegistryRefusal.noSchema("under subject '" + subject + "'");
    }
    return version(subject, position + 1);
  }

  synchronized List<String> subjects() {
    return List.copyOf(idsBySubject.keySet());
  }

  /** The number of versions of a subject, which are numbered from 1; 40401 if it is not there. */
  synchronized int versions(String subject) {
    return existing(subject).size();
  }

  /** One version of a subject: 40401 or 40402 if it is not there. */
  synchronized Version version(String subject, int number) {
    var ids = existing(subject);
    if (number > ids.size()) {
      throw RegistryRefusal.noVersion(number);
    }
    var id = ids.get(number - 1);
    return new Version(subject, number, id, byId.get(id).canonicalString());
  }

  /** The schema of an id: 40403 if there is none. */
  synchronized String schema(int id) {
    return Optional.ofNullable(byId.get(id))
        .orElseThrow(() -> RegistryRefusal.noSchema(id))
        .canonicalString();
  }

  synchronized String globalLevel() {
    return globalLevel;
  }

  /** The level set for a subject itself. */
  synchronized Optional<String> level(String subject) {
    return Optional.ofNullable(levelBySubject.get(subject));
  }

  /** Sets the level of subjects that have none of their own; 42203 if there is no such level. */
  synchronized String setGlobalLevel(String name) {
    globalLevel = validLevel(name);
    return globalLevel;
  }

  /** Sets the level of a subject, which need not be there yet; 42203 if there is no such level. */
  synchronized String setLevel(String subject, String name) {
    levelBySubject.put(subject, validLevel(name));
    return levelBySubject.get(subject);
  }

  /** Why a schema could not follow all versions of a subject; nothing where it could. */
  synchronized List<String> differencesFromAll(String subject, String json) {
    return differences(parse(json), subject, schemas(subject));
  }

  /** Why a schema could not follow one version of a subject; nothing where it could. */
  synchronized List<String> differencesFrom(String subject, int number, String json) {
    var previous = byId.get(version(subject, number).id());
    return differences(parse(json), subject, List.of(previous));
  }

  private List<String> differences(
      AvroSchema schema, String subject, List<AvroSchema> previousOldestFirst) {
    var level = CompatibilityLevel.forName(level(subject).orElse(globalLevel));
    return CompatibilityChecker.checker(level).isCompatible(schema, previousOldestFirst);
  }

  private List<AvroSchema> schemas(String subject) {
    return ids(subject).stream().map(byId::get).toList();
  }

  private List<Integer> ids(String subject) {
    return idsBySubject.getOrDefault(subject, List.of());
  }

  private List<Integer> existing(String subject) {
    return Optional.ofNullable(idsBySubject.get(subject))
        .orElseThrow(() -> RegistryRefusal.noSubject(subject));
  }

  private Optional<Integer> idOf(AvroSchema schema) {
    return byId.entrySet().stream()
        .filter(known -> known.getValue().canonicalString().equals(schema.canonicalString()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static AvroSchema parse(String json) {
    try {
      var schema = new AvroSchema(json);
      schema.validate(false);
      return schema;
    } catch (RuntimeException invalid) {
      throw RegistryRefusal.invalidSchema(invalid.getMessage());
    }
  }

  /** The level of this name; 42203 if there is no such level. */
  static String validLevel(String name) {
    if (!LEVELS.contains(name)) {
      throw RegistryRefusal.invalidCompatibility(name, LEVELS);
    }
    return name;
  }
}
