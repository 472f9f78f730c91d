package dev.millrace.sink.docs;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.Table;
import dev.millrace.sink.docs.Relation.Column;
import dev.millrace.sink.docs.Relation.Expiry;
import dev.millrace.sink.docs.Relation.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a page says of one table: who fills it, keys, columns, indexes, checks. */
final class TableSection {
  private static final Pattern ONE_OF =
      Pattern.compile("\\(\\((\\w+)\\)::text = ANY \\(+ARRAY\\[(.*)]\\)+::text\\[]\\)+");

  private TableSection() {}

  static String of(Relation relation) {
    var parts = new ArrayList<String>();
    parts.add("### " + relation.name());
    parts.add(relation.comment());
    parts.add(facts(relation));
    parts.add(columns(relation));
    parts.add(indexes(relation));
    parts.add(checks(relation));
    return parts.stream().filter(part -> !part.isBlank()).collect(Collectors.joining("\n\n"));
  }

  private static String facts(Relation relation) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("filled by", filledBy(relation));
    relation.policy().ifPresent(policy -> facts.putAll(facts(policy)));
    relation.expiry().ifPresent(expiry -> facts.put("rows go", gone(expiry)));
    facts.put("primary key", keys(relation, 'p'));
    facts.put("unique", keys(relation, 'u'));
    facts.put("refers to", keys(relation, 'f'));
    facts.values().removeIf(String::isBlank);
    return facts.isEmpty()
        ? ""
        : facts.entrySet().stream()
            .map(fact -> "| %s | %s |".formatted(fact.getKey(), fact.getValue()))
            .collect(Collectors.joining("\n", "| | |\n|---|---|\n", ""));
  }

  private static String filledBy(Relation relation) {
    if (relation.sources().isEmpty()) {
      return relation.view() ? "a view" : "";
    }
    var topics = codes(relation.sources().stream().map(RecordType::topic).toList());
    var table = relation.sources().get(0).table().orElseThrow();
    if (table.appendOnly()) {
      return topics + ", a row a record";
    }
    var which = table.keeps() == Table.Keeps.FIRST ? "first" : "latest";
    return "%s, the %s record of each %s".formatted(topics, which, codes(table.conflictKey()));
  }

  private static Map<String, String> facts(Policy policy) {
    var facts = new LinkedHashMap<String, String>();
    facts.put(
        "partitions", "%s, by %s".formatted(policy.chunkInterval(), code(policy.timeColumn())));
    facts.put("kept", kept(policy));
    policy
        .spaceColumn()
        .ifPresent(
            column ->
                facts.put(
                    "spread, as a hypertable",
                    "%d ways by %s"
                        .formatted(policy.spacePartitions().orElseThrow(), code(column))));
    policy
        .compressAfter()
        .ifPresent(age -> facts.put("compressed, Community edition", compressed(policy, age)));
    return facts;
  }

  static String kept(Policy policy) {
    return policy.retention().map(age -> policy.exact() ? "exactly " + age : age).orElse("for ever")
        + (policy.archive() ? ", then detached and archived" : "");
  }

  static String gone(Expiry expiry) {
    var times =
        expiry.timeColumns().stream().map(TableSection::code).collect(Collectors.joining(" and "));
    return (expiry.retention().equals("0 hours") ? "at " : expiry.retention() + " after ")
        + times
        + expiry.unless().map(column -> ", unless " + code(column)).orElse("")
        + (expiry.keptBy().isEmpty() ? "" : ", unless a row refers to it in " + expiry.keptBy());
  }

  private static String compressed(Policy policy, String age) {
    return "after %s, by %s%s"
        .formatted(
            age,
            codes(policy.segmentBy()),
            policy.orderBy().map(order -> ", in the order of " + code(order)).orElse(""));
  }

  private static String keys(Relation relation, char type) {
    return relation.constraintsOf(type).stream()
        .map(key -> key.definition().replaceFirst("^(PRIMARY KEY|UNIQUE|FOREIGN KEY) ", ""))
        .map(TableSection::unquoted)
        .map(TableSection::code)
        .collect(Collectors.joining("; "));
  }

  private static String columns(Relation relation) {
    return relation.columns().stream()
        .map(column -> row(column, relation.view()))
        .collect(
            Collectors.joining("\n", "| column | type | | meaning |\n|---|---|---|---|\n", ""));
  }

  private static String row(Column column, boolean ofView) {
    return "| %s | %s | %s | %s |"
        .formatted(
            code(column.name()),
            cell(column.type()),
            ofView ? "" : need(column),
            cell(meaning(column)));
  }

  private static String meaning(Column column) {
    if (!column.meaning().isBlank()) {
      return column.meaning();
    }
    var value = column.defaultValue().orElse("");
    if (column.numbered() || value.equals("gen_random_uuid()")) {
      return "Given by the database.";
    }
    return value.equals("now()") ? "When the row was stored." : "";
  }

  private static String need(Column column) {
    if (column.numbered()) {
      return "numbered";
    }
    var value = column.defaultValue().map(TableSection::plain);
    return column.required()
        ? value.map(v -> "default " + code(v)).orElse("required")
        : value.map(v -> "optional, default " + code(v)).orElse("optional");
  }

  private static String plain(String defaultValue) {
    return defaultValue.replaceFirst("^(.*)::[a-z ]+(\\[])?$", "$1");
  }

  private static String indexes(Relation relation) {
    if (relation.indexes().isEmpty()) {
      return "";
    }
    return relation.indexes().stream()
        .map(
            index ->
                "| %s | %s%s |"
                    .formatted(
                        code(index.name()),
                        index.unique() ? "unique " : "",
                        code(unquoted(index.definition().replaceFirst("^btree ", "")))))
        .collect(Collectors.joining("\n", "| index | on |\n|---|---|\n", ""));
  }

  private static String checks(Relation relation) {
    var checks = relation.constraintsOf('c');
    return checks.isEmpty()
        ? ""
        : "Checked: "
            + checks.stream()
                .map(check -> check(check.definition()))
                .collect(Collectors.joining("; "))
            + ".";
  }

  private static String check(String definition) {
    var condition = definition.replaceFirst("^CHECK \\((.*)\\)$", "$1");
    var oneOf = ONE_OF.matcher(condition);
    if (!oneOf.matches()) {
      return code(condition.replaceFirst("^\\((.*)\\)$", "$1"));
    }
    var values = oneOf.group(2).replaceAll("::[a-z ]+", "").replace("'", "");
    return code(oneOf.group(1)) + " is one of " + values;
  }

  private static String codes(List<String> names) {
    return names.stream().map(TableSection::code).collect(Collectors.joining(", "));
  }

  /** Without the quotes that PostgreSQL puts around words it knows as types. */
  private static String unquoted(String definition) {
    return definition.replaceAll("\"(\\w+)\"", "$1");
  }

  private static String code(String text) {
    return "`" + cell(text) + "`";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
