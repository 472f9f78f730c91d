package dev.millrace.sink.docs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A diagram of the tables of one schema and what they join, in Mermaid; keys and joins only. */
final class EntityDiagram {
  private final List<Relation> relations;
  private final List<Join> joins;

  private EntityDiagram(List<Relation> relations, List<Join> joins) {
    this.relations = relations;
    this.joins = joins;
  }

  static String of(List<Relation> relations, List<Join> joins) {
    return new EntityDiagram(relations, joins).write();
  }

  private String write() {
    var lines = new ArrayList<String>();
    lines.add("```mermaid");
    lines.add("erDiagram");
    joins.forEach(join -> lines.add("  " + line(join)));
    Stream.concat(relations.stream(), joins.stream().map(Join::to))
        .distinct()
        .forEach(relation -> entity(relation, lines));
    lines.add("```");
    return String.join("\n", lines);
  }

  /** None or one of what is referred to: it may come later than what refers to it. */
  private String line(Join join) {
    return "%s |o--o{ %s : \"%s\""
        .formatted(name(join.to()), name(join.from()), String.join(", ", join.fromColumns()));
  }

  private void entity(Relation relation, List<String> lines) {
    var columns = shown(relation);
    if (columns.isEmpty()) {
      lines.add("  " + name(relation));
      return;
    }
    lines.add("  " + name(relation) + " {");
    for (var column : columns) {
      relation
          .column(column)
          .ifPresent(
              c ->
                  lines.add(
                      "    %s %s%s".formatted(type(c.type()), column, mark(relation, column))));
    }
    lines.add("  }");
  }

  private Set<String> shown(Relation relation) {
    var columns = new LinkedHashSet<String>();
    relation.constraintsOf('p').forEach(key -> columns.addAll(keyColumns(key.definition())));
    relation.sources().forEach(type -> columns.addAll(type.table().orElseThrow().conflictKey()));
    relation.policy().ifPresent(policy -> columns.add(policy.timeColumn()));
    for (var join : joins) {
      if (join.from().equals(relation)) {
        columns.addAll(join.fromColumns());
      }
      if (join.to().equals(relation)) {
        columns.addAll(join.toColumns());
      }
    }
    return columns;
  }

  private static List<String> keyColumns(String definition) {
    var inside = definition.substring(definition.indexOf('(') + 1, definition.indexOf(')'));
    return Stream.of(inside.split(", ")).map(column -> column.replace("\"", "")).toList();
  }

  private String mark(Relation relation, String column) {
    var primary =
        relation.constraintsOf('p').stream()
            .anyMatch(key -> keyColumns(key.definition()).contains(column));
    var refers =
        joins.stream()
            .anyMatch(join -> join.from().equals(relation) && join.fromColumns().contains(column));
    if (primary) {
      return refers ? " PK,FK" : " PK";
    }
    return refers ? " FK" : "";
  }

  private String name(Relation relation) {
    return relations.contains(relation) ? relation.name() : "\"" + relation.qualifiedName() + "\"";
  }

  /** One word. */
  private static String type(String type) {
    return type.replaceFirst("[( ].*", "").replace("[]", "-array").replaceFirst("^.*\\.", "");
  }
}
