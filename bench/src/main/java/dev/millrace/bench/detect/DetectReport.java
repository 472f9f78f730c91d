package dev.millrace.bench.detect;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.millrace.bench.machine.Machine;
import dev.millrace.schema.insight.AnomalyType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything the suite found. The data do not depend on the machine.
 *
 * @param rounds series of each shape and noise
 * @param size factor on the height of anomalies
 * @param footprint what the detector remembers of a series
 * @param types what was found, by setting and type
 * @param shapes the same, by setting, shape and noise
 * @param clean incidents where nothing was wrong, by setting, shape and noise
 */
record DetectReport(
    Machine machine,
    int rounds,
    long seed,
    double size,
    Footprint footprint,
    List<TypeRow> types,
    List<ShapeRow> shapes,
    List<ShapeRow> clean) {
  /** False alarms in ten thousand clean windows should be fewer. */
  static final double LIMIT = 1;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .build();

  DetectReport {
    types = List.copyOf(types);
    shapes = List.copyOf(shapes);
    clean = List.copyOf(clean);
  }

  /** Generates and judges everything. */
  static DetectReport measure(
      Machine machine, List<Setting> settings, int rounds, long seed, double size) {
    var footprint = Footprint.measure(seed);
    var suite = new DetectSuite(rounds, seed, size);
    var types = new ArrayList<TypeRow>();
    var shapes = new ArrayList<ShapeRow>();
    var clean = new ArrayList<ShapeRow>();
    for (var setting : settings) {
      var all = new ArrayList<Outcome>();
      for (var shape : Shape.values()) {
        for (var noise : DetectSuite.noises(shape)) {
          var outcomes = suite.labelled(setting, shape, noise);
          all.addAll(outcomes);
          shapes.add(ShapeRow.of(setting, shape, noise, outcomes));
          clean.add(ShapeRow.of(setting, shape, noise, suite.clean(setting, shape, noise)));
        }
      }
      for (var type : AnomalyType.values()) {
        types.add(TypeRow.of(setting, type, all));
      }
    }
    return new DetectReport(machine, rounds, seed, size, footprint, types, shapes, clean);
  }

  /** Whether the limit holds: for series with a season, at the open score out of the box. */
  boolean met() {
    return clean.stream().filter(DetectReport::isLimited).allMatch(row -> row.falseRate() < LIMIT);
  }

  static boolean isLimited(ShapeRow row) {
    return row.shape().isSeasonal() && row.setting() != Setting.MINUTES_SENSITIVE;
  }

  /** Of all incidents in series with anomalies, the share that is of one. */
  double precision(Setting setting) {
    var incidents = of(setting).mapToInt(ShapeRow::incidents).sum();
    return 1 - (double) of(setting).mapToInt(ShapeRow::falseAlarms).sum() / incidents;
  }

  private Stream<ShapeRow> of(Setting setting) {
    return shapes.stream().filter(row -> row.setting() == setting);
  }

  /** Its parts by name, counts and not shares. */
  String json() {
    var root = JSON.createObjectNode();
    root.put("benchmark", "detect");
    root.set("machine", JSON.valueToTree(machine.facts()));
    root.put("rounds", rounds);
    root.put("seed", seed);
    root.put("size", size);
    root.put("tolerance", Plan.TOLERANCE);
    root.put("met", met());
    var settings = root.putObject("settings");
    Arrays.stream(Setting.values())
        .forEach(setting -> settings.set(setting.title(), JSON.valueToTree(setting.settings())));
    root.set("footprint", JSON.valueToTree(footprint));
    root.set("types", JSON.valueToTree(types));
    root.set("shapes", JSON.valueToTree(shapes));
    root.set("clean", JSON.valueToTree(clean));
    return root.toPrettyString();
  }
}
