package dev.millrace.sink.seeds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The facts in the items of a CREATE TABLE: columns, their constraints, and those of the table. */
final class SeedColumns {
  private static final Pattern CONSTRAINT =
      Pattern.compile("(?:CONSTRAINT (\\w+) )?(PRIMARY KEY|UNIQUE|FOREIGN KEY|CHECK) ?(\\(.*)");
  private static final Pattern INDEX = Pattern.compile("INDEX (\\w+) (.*)");
  private static final Pattern REFERENCES =
      Pattern.compile(" REFERENCES \\w+ ?\\(\\w+\\)( ON DELETE CASCADE)?");
  private static final Pattern CHECK = Pattern.compile(" CHECK \\(.*\\)");
  private static final Map<String, String> KINDS =
      Map.of(
          "PRIMARY KEY",
          "primary key",
          "UNIQUE",
          "unique",
          "FOREIGN KEY",
          "foreign key",
          "CHECK",
          "check");

  private final String relation;

  SeedColumns(String relation) {
    this.relation = relation;
  }

  Stream<SeedFact> item(String item) {
    if (item.equals("...")) {
      return Stream.empty();
    }
    var constraint = CONSTRAINT.matcher(item);
    if (constraint.matches()) {
      var name = constraint.group(1) == null ? "" : constraint.group(1);
      return Stream.of(fact(KINDS.get(constraint.group(2)), name, constraint.group(3)));
    }
    var index = INDEX.matcher(item);
    if (index.matches()) {
      return Stream.of(fact("index", index.group(1), index.group(2)));
    }
    return column(item);
  }

  private Stream<SeedFact> column(String item) {
    var name = item.substring(0, item.indexOf(' '));
    var rest = item.substring(item.indexOf(' '));
    var constraints = new ArrayList<SeedFact>();
    if (rest.contains(" PRIMARY KEY")) {
      constraints.add(fact("primary key", "", "(" + name + ")"));
      rest = rest.replace(" PRIMARY KEY", "");
    }
    for (var found : REFERENCES.matcher(rest).results().toList()) {
      constraints.add(fact("foreign key", "", "(" + name + ")" + found.group()));
      rest = rest.replace(found.group(), "");
    }
    for (var found : CHECK.matcher(rest).results().toList()) {
      constraints.add(fact("check", "", found.group().replace(" CHECK ", "")));
      rest = rest.replace(found.group(), "");
    }
    var definition = rest.replaceFirst("(?<! NOT) NULL$", "").trim();
    return Stream.concat(
        Stream.of(fact("column", name, definition)), List.copyOf(constraints).stream());
  }

  private SeedFact fact(String kind, String name, String definition) {
    return new SeedFact(kind, relation, name, definition);
  }
}
