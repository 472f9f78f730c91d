package dev.millrace.sink.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All tables on one sheet, as SVG: a panel a schema, a line a table with the length of its
 * partitions and how long its rows are kept, and an arc from each table to those it refers to. Its
 * colours follow the reader's light or dark.
 */
final class Picture {
  private static final List<List<String>> LAYOUT =
      List.of(
          List.of("audio", "hub", "fiber"),
          List.of("network", "millrace"),
          List.of("camera", "insight"));
  private static final int WIDTH = 350;
  private static final int GUTTER = 46;
  private static final int LINE = 22;
  private static final int HEAD = 40;
  private static final int GAP = 18;

  private static final String STYLE =
      """
      <style>
        .paper { fill: #ffffff; } .panel { fill: #f6f8fa; stroke: #d0d7de; }
        .name { fill: #1f2328; } .head { fill: #0550ae; font-weight: 600; }
        .fact { fill: #59636e; } .arc { stroke: #8250df; fill: none; opacity: .7; } .dot { fill: #8250df; }
        text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
        .view { font-style: italic; }
        @media (prefers-color-scheme: dark) {
          .paper { fill: #0d1117; } .panel { fill: #151b23; stroke: #3d444d; }
          .name { fill: #f0f6fc; } .head { fill: #79c0ff; } .fact { fill: #9198a1; }
          .arc { stroke: #d2a8ff; } .dot { fill: #d2a8ff; }
        }
      </style>
      """;

  private final Map<String, List<Relation>> bySchema;
  private final List<Join> joins;
  private final List<String> body = new ArrayList<>();
  private int bottom;

  private Picture(List<Relation> relations, List<Join> joins) {
    this.bySchema = relations.stream().collect(Collectors.groupingBy(Relation::schema));
    if (!LAYOUT.stream().flatMap(List::stream).toList().containsAll(bySchema.keySet())) {
      throw new IllegalStateException("a schema has no place in the picture: " + bySchema.keySet());
    }
    this.joins = joins;
  }

  static String of(List<Relation> relations, List<Join> joins) {
    return new Picture(relations, joins).draw();
  }

  private String draw() {
    for (var column = 0; column < LAYOUT.size(); column++) {
      var x = GAP + column * (WIDTH + GAP);
      var y = GAP;
      for (var schema : LAYOUT.get(column)) {
        y = panel(schema, x, y) + GAP;
      }
      bottom = Math.max(bottom, y);
    }
    var width = GAP + LAYOUT.size() * (WIDTH + GAP);
    return Stream.of(
            Stream.of(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Every table, by schema\">"
                    .formatted(width, bottom + LINE),
                STYLE.stripTrailing(),
                "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>"),
            body.stream(),
            Stream.of(
                text(
                    "fact",
                    GAP,
                    bottom + 6,
                    "right: length of a partition / how long rows are kept. Arcs: refers to. Italics: a view."),
                "</svg>\n"))
        .flatMap(Function.identity())
        .collect(Collectors.joining("\n"));
  }

  /** Draws a schema, and says where it ends. */
  private int panel(String schema, int x, int y) {
    var tables = bySchema.getOrDefault(schema, List.of());
    var height = HEAD + tables.size() * LINE + 6;
    body.add(
        "<rect class=\"panel\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\"/>"
            .formatted(x, y, WIDTH, height));
    body.add(text("head", x + 14, y + 25, schema));
    for (var line = 0; line < tables.size(); line++) {
      table(tables.get(line), x, y + HEAD + line * LINE + 14);
    }
    arcs(tables, x + GUTTER - 9, y + HEAD + 10);
    return y + height;
  }

  private void table(Relation table, int x, int baseline) {
    body.add(text(table.view() ? "name view" : "name", x + GUTTER, baseline, table.name()));
    table
        .policy()
        .ifPresent(
            policy ->
                body.add(
                    "<text class=\"fact\" text-anchor=\"end\" x=\"%d\" y=\"%d\">%s / %s</text>"
                        .formatted(
                            x + WIDTH - 12,
                            baseline,
                            brief(policy.chunkInterval()),
                            policy.retention().map(Picture::brief).orElse("∞"))));
  }

  private void arcs(List<Relation> tables, int x, int top) {
    joins.stream()
        .filter(join -> tables.contains(join.from()) && tables.contains(join.to()))
        .filter(join -> !join.from().equals(join.to()))
        .map(join -> List.of(tables.indexOf(join.from()), tables.indexOf(join.to())))
        .distinct()
        .forEach(ends -> arc(x, top + ends.get(0) * LINE, top + ends.get(1) * LINE));
  }

  private void arc(int x, int from, int to) {
    var depth = Math.min(GUTTER - 12, 8 + Math.abs(from - to) / 5);
    body.add(
        "<path class=\"arc\" d=\"M%d %d C%d %d %d %d %d %d\"/><circle class=\"dot\" cx=\"%d\" cy=\"%d\" r=\"3\"/>"
            .formatted(x, from, x - depth, from, x - depth, to, x, to, x, to));
  }

  private static String brief(String interval) {
    return interval
        .replaceFirst(" hours?", " h")
        .replaceFirst(" days?", " d")
        .replaceFirst(" months?", " mo")
        .replaceFirst(" years?", " y");
  }

  private static String text(String style, int x, int y, String text) {
    return "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>".formatted(style, x, y, text);
  }
}
