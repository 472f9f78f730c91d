package dev.millrace.sink.docs;

import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The joins a page names, in a table that people write: {@code | `a.x, y` | `b.x, y` | why |}. A
 * join of columns that are not there, or not of one type, is refused.
 */
final class Joins {
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| `([\\w.]+)\\.(\\w+(?:, \\w+)*)` \\| `([\\w.]+)\\.(\\w+(?:, \\w+)*)` \\|");

  private final String schema;
  private final List<Relation> relations;

  private Joins(String schema, List<Relation> relations) {
    this.schema = schema;
    this.relations = relations;
  }

  static List<Join> of(Page page, String schema, List<Relation> relations) {
    var reader = new Joins(schema, relations);
    return ROW.matcher(page.text()).results().map(reader::join).toList();
  }

  private Join join(MatchResult row) {
    var join =
        new Join(
            relation(row.group(1)),
            Arrays.asList(row.group(2).split(", ")),
            relation(row.group(3)),
            Arrays.asList(row.group(4).split(", ")));
    if (!types(join.from(), join.fromColumns()).equals(types(join.to(), join.toColumns()))) {
      throw new IllegalStateException("not of one type: " + row.group());
    }
    return join;
  }

  private static List<String> types(Relation relation, List<String> columns) {
    return columns.stream()
        .map(
            column ->
                relation
                    .column(column)
                    .orElseThrow(
                        () ->
                            new IllegalStateException(
                                "no column %s.%s".formatted(relation.qualifiedName(), column))))
        .map(column -> column.type().replaceFirst("\\(.*", ""))
        .toList();
  }

  /** A name without a schema is of the page's own. */
  private Relation relation(String name) {
    var qualified = name.contains(".") ? name : schema + "." + name;
    return relations.stream()
        .filter(relation -> relation.qualifiedName().equals(qualified))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no table " + qualified));
  }
}
