package dev.millrace.producer.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.Fields;
import dev.millrace.schema.RecordType;
import dev.millrace.schema.text.RecordReader;
import java.io.Reader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** Records from JSON, one object a line. Every line stands for itself. */
final class NdjsonSource implements RecordSource {
  /** Numbers keep every digit they are written with: epoch times have many. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final TextLines lines;
  private final RecordReader reader;
  private final FieldNames names;
  private final Map<String, JsonNode> constants = new HashMap<>();

  /** The first line, read when the source was made to see that there is one. */
  private TextLines.Numbered ahead;

  NdjsonSource(RecordType type, SourceOptions options, Reader input) {
    this.lines = new TextLines(input);
    this.reader = new RecordReader(type.schema());
    try {
      this.names = new FieldNames(type, options);
      options.constants().forEach((name, text) -> constants.put(name, constant(type, name, text)));
      this.ahead = first();
    } catch (MillraceException unfit) {
      lines.close();
      throw unfit;
    }
  }

  private TextLines.Numbered first() {
    var first = lines.next();
    if (first == null) {
      throw new MillraceException(
          SourceFailure.INPUT_EMPTY, "the input is empty; it needs one JSON object a line");
    }
    return first;
  }

  /** Maps and lists are written as JSON; all else is text. */
  private static JsonNode constant(RecordType type, String name, String text) {
    var kind = Fields.valueSchema(type.schema().getField(name).schema()).getType();
    return kind == Schema.Type.MAP || kind == Schema.Type.ARRAY
        ? parsed(text)
        : JSON.getNodeFactory().textNode(text);
  }

  @Override
  public Optional<Line> next() {
    var line = ahead == null ? lines.next() : ahead;
    ahead = null;
    return Optional.ofNullable(line).map(this::line);
  }

  private Line line(TextLines.Numbered line) {
    try {
      return new Line.Good(line.number(), line.text(), reader.fromJson(named(parsed(line.text()))));
    } catch (MillraceException bad) {
      return new Line.Bad(line.number(), line.text(), bad);
    }
  }

  private JsonNode named(JsonNode json) {
    if (!json.isObject()) {
      return json;
    }
    var named = JSON.createObjectNode();
    json.properties().forEach(entry -> put(named, names.of(entry.getKey()), entry.getValue()));
    named.setAll(constants);
    return named;
  }

  private static void put(ObjectNode named, String field, JsonNode value) {
    if (named.replace(field, value) != null) {
      throw new MillraceException(
          SourceFailure.DUPLICATE_COLUMN,
          "two values are given for field '%s'; remove one".formatted(field));
    }
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new MillraceException(
          SourceFailure.MALFORMED_LINE,
          "not a JSON object: " + malformed.getOriginalMessage(),
          malformed);
    }
  }

  @Override
  public void close() {
    lines.close();
  }
}
