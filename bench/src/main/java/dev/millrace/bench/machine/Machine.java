package dev.millrace.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a figure was measured on: nothing that names the machine or its owner.
 *
 * @param facts by name, in the order they are shown
 */
public record Machine(Map<String, String> facts) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Path MEMORY_INFO = Path.of("/proc/meminfo");
  private static final int KIB_PER_GIB = 1 << 20;

  public Machine {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** Processor, memory, system and Java, as far as the system tells. */
  public static Machine here() {
    var facts = new LinkedHashMap<String, String>();
    var cores = Runtime.getRuntime().availableProcessors();
    facts.put("cpu", cores + " cores" + field(CPU_INFO, "model name").map(", "::concat).orElse(""));
    field(MEMORY_INFO, "MemTotal")
        .map(total -> Long.parseLong(total.replaceAll("\\D", "")))
        .ifPresent(
            kib ->
                facts.put(
                    "memory", String.format(Locale.ROOT, "%.1f GiB", (double) kib / KIB_PER_GIB)));
    facts.put("kernel", property("os.name") + " " + property("os.version"));
    facts.put("java", property("java.runtime.version") + " " + property("java.vm.name"));
    return new Machine(facts);
  }

  /** The same with one fact more, such as the database. */
  public Machine with(String name, String fact) {
    var more = new LinkedHashMap<>(facts);
    more.put(name, fact);
    return new Machine(more);
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  /** The value of the first line of that name; empty where there is no such file. */
  private static Optional<String> field(Path file, String name) {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try (var lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip());
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
