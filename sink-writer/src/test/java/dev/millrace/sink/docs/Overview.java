package dev.millrace.sink.docs;

import dev.millrace.schema.RecordType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every table in one list: what fills it, how it is cut, how long it is kept. */
final class Overview {
  private Overview() {}

  static String of(List<Relation> relations) {
    return relations.stream()
        .filter(relation -> !relation.schema().equals("millrace"))
        .map(Overview::row)
        .collect(
            Collectors.joining(
                "\n", "| table | filled by | partitions | kept |\n|---|---|---|---|\n", ""));
  }

  private static String row(Relation relation) {
    return "| [%s](schema/%s.md#%s) | %s | %s | %s |"
        .formatted(
            relation.qualifiedName(),
            relation.schema(),
            relation.name(),
            filledBy(relation),
            relation.policy().map(policy -> policy.chunkInterval()).orElse(""),
            kept(relation));
  }

  private static String kept(Relation relation) {
    return Stream.concat(
            relation.policy().map(TableSection::kept).stream(),
            relation.expiry().map(expiry -> "rows go " + TableSection.gone(expiry)).stream())
        .collect(Collectors.joining("; "));
  }

  private static String filledBy(Relation relation) {
    return relation.view()
        ? "a view"
        : relation.sources().stream()
            .map(RecordType::topic)
            .map(topic -> "`" + topic + "`")
            .collect(Collectors.joining(", "));
  }
}
