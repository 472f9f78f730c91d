package dev.millrace.config;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The values a process was given, from three places: flags win over {@code MILLRACE_*} environment
 * variables, those over a properties file, and that over the defaults. Reading a bad value notes a
 * problem and answers the default, so that {@link #requireValid} can report all problems at once.
 * Used by one thread, at start-up.
 */
public final class Settings {
  private static final String ENVIRONMENT_PREFIX = "MILLRACE_";
  private static final String FILE_SUFFIX = "_file";

  private final Map<String, String> flags;
  private final Map<String, String> environment;
  private final Map<String, String> file;
  private final List<String> problems = new ArrayList<>();

  /**
   * Holds the three sources.
   *
   * @param flags by key name
   * @param environment by variable name; what does not begin with {@code MILLRACE_} is ignored
   * @param file by key name
   */
  public Settings(
      Map<String, String> flags, Map<String, String> environment, Map<String, String> file) {
    this.flags = Map.copyOf(flags);
    this.environment = Map.copyOf(environment);
    this.file = Map.copyOf(file);
  }

  /** The same with some flags over it, and no problems yet. */
  public Settings over(Map<String, String> more) {
    var all = new LinkedHashMap<>(flags);
    all.putAll(more);
    return new Settings(all, environment, file);
  }

  /** What was found wrong so far. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** Nothing but defaults and these flags. */
  public static Settings of(Map<String, String> flags) {
    return new Settings(flags, Map.of(), Map.of());
  }

  /**
   * Reads a properties file.
   *
   * @throws MillraceException {@link ConfigFailure#UNREADABLE_FILE}
   */
  public static Map<String, String> readFile(Path path) {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(path)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new MillraceException(
          ConfigFailure.UNREADABLE_FILE,
          "cannot read the properties file %s: %s".formatted(path, unreadable.getMessage()),
          unreadable);
    }
    var values = new LinkedHashMap<String, String>();
    properties.stringPropertyNames().forEach(k -> values.put(k, properties.getProperty(k)));
    return values;
  }

  /** The value of a key, if it is given or has a default. */
  public Optional<String> find(Key key) {
    return given(key).or(() -> Optional.ofNullable(key.defaultValue()));
  }

  /** The value of a key that must be there. */
  public String text(Key key) {
    var value = find(key).map(String::strip).orElse("");
    if (value.isEmpty()) {
      problem(key, "is missing: " + key.doc());
    }
    return value;
  }

  /** A whole number within bounds, both inclusive. */
  public long integer(Key key, long min, long max) {
    var text = text(key);
    try {
      var value = Long.parseLong(text.replace("_", ""));
      if (value >= min && value <= max) {
        return value;
      }
      problem(key, "is %d; it must be from %d to %d".formatted(value, min, max));
    } catch (NumberFormatException notANumber) {
      if (!text.isEmpty()) {
        problem(key, "is '%s'; it must be a whole number".formatted(text));
      }
    }
    return key.defaultValue() == null ? min : Long.parseLong(key.defaultValue().replace("_", ""));
  }

  /** A number within bounds, both inclusive. */
  public double decimal(Key key, double min, double max) {
    var text = text(key);
    try {
      var value = Double.parseDouble(text);
      if (value >= min && value <= max) {
        return value;
      }
      problem(key, "is %s; it must be from %s to %s".formatted(text, min, max));
    } catch (NumberFormatException notANumber) {
      if (!text.isEmpty()) {
        problem(key, "is '%s'; it must be a number".formatted(text));
      }
    }
    return key.defaultValue() == null ? min : Double.parseDouble(key.defaultValue());
  }

  /** Milliseconds within bounds, both inclusive, as a duration. */
  public Duration millis(Key key, Duration min, Duration max) {
    return Duration.ofMillis(integer(key, min.toMillis(), max.toMillis()));
  }

  /** {@code true} or {@code false}. */
  public boolean flag(Key key) {
    var text = text(key);
    if (!text.isEmpty() && !text.equals("true") && !text.equals("false")) {
      problem(key, "is '%s'; it must be true or false".formatted(text));
    }
    return text.equals("true");
  }

  /** A secret: the key itself, or the content of the file that {@code <key>_file} names. */
  public Secret secret(Key key) {
    var path = given(fileOf(key));
    if (path.isEmpty()) {
      return new Secret(find(key).orElse(""));
    }
    try {
      return new Secret(Files.readString(Path.of(path.get())).strip());
    } catch (IOException unreadable) {
      problem(fileOf(key), "names '%s', which cannot be read".formatted(path.get()));
      return Secret.NONE;
    }
  }

  /** Every value whose key begins with {@code prefix}, without the prefix: passed on untouched. */
  public Map<String, String> passThrough(String prefix) {
    var values = new LinkedHashMap<String, String>();
    for (var source : List.of(file, flags)) {
      source.forEach(
          (name, value) -> {
            if (name.startsWith(prefix)) {
              values.put(name.substring(prefix.length()), value);
            }
          });
    }
    return values;
  }

  /** Notes a problem that the component found itself, e.g. between two keys. */
  public void problem(Key key, String what) {
    problems.add("%s %s".formatted(key.name(), what));
  }

  /**
   * Ends the reading.
   *
   * @param known every key that may be given, of all components
   * @param prefixes prefixes under which every key is passed on
   * @throws MillraceException {@link ConfigFailure#INVALID_CONFIGURATION}, listing every problem
   */
  public void requireValid(Collection<Key> known, Collection<String> prefixes) {
    var all = new ArrayList<>(problems);
    var names = known.stream().map(Key::name).collect(Collectors.toSet());
    known.forEach(key -> names.add(key.name() + FILE_SUFFIX));
    for (var source : List.of(flags, file)) {
      source.keySet().stream()
          .filter(name -> !names.contains(name))
          .filter(name -> prefixes.stream().noneMatch(name::startsWith))
          .sorted()
          .forEach(name -> all.add(unknown(name, names)));
    }
    var variables = known.stream().map(Key::environmentName).collect(Collectors.toSet());
    known.forEach(key -> variables.add(fileOf(key).environmentName()));
    environment.keySet().stream()
        .filter(name -> name.startsWith(ENVIRONMENT_PREFIX) && !variables.contains(name))
        .sorted()
        .forEach(name -> all.add(unknown(name, variables)));
    if (!all.isEmpty()) {
      throw new MillraceException(
          ConfigFailure.INVALID_CONFIGURATION,
          "the configuration has %d problem%s:%n  %s"
              .formatted(
                  all.size(), all.size() == 1 ? "" : "s", String.join("%n  ".formatted(), all)));
    }
  }

  private static String unknown(String name, Collection<String> known) {
    return "%s is no key%s".formatted(name, Nearest.suggestion(name, known));
  }

  private Optional<String> given(Key key) {
    return Optional.ofNullable(flags.get(key.name()))
        .or(() -> Optional.ofNullable(environment.get(key.environmentName())))
        .or(() -> Optional.ofNullable(file.get(key.name())));
  }

  private static Key fileOf(Key key) {
    return new Key(key.name() + FILE_SUFFIX, null, "file that holds " + key.name());
  }
}
