package dev.millrace.sink.encode;

import java.util.List;
import java.util.Objects;

/**
 * One column as the database describes it.
 *
 * @param table the table, {@code schema.name}
 * @param name the column
 * @param type PostgreSQL's internal name of the type: {@code int4}, {@code varchar}, {@code _text}
 *     for {@code text[]}, the type's own name for an enum
 * @param modifier the type modifier as {@code pg_attribute.atttypmod} has it; -1 for none
 * @param required whether the column is NOT NULL
 * @param labels the labels of an enum type; empty for every other type
 */
public record Column(
    String table, String name, String type, int modifier, boolean required, List<String> labels) {
  private static final int HEADER = 4;
  private static final int SCALE_BITS = 0x7ff;
  private static final int SCALE_SIGN = 0x400;

  public Column {
    Objects.requireNonNull(table);
    Objects.requireNonNull(name);
    Objects.requireNonNull(type);
    labels = List.copyOf(labels);
  }

  /** {@code schema.table.column}, as messages name it. */
  public String qualifiedName() {
    return table + "." + name;
  }

  public boolean isEnum() {
    return !labels.isEmpty();
  }

  /** Most characters a {@code varchar(n)} or {@code char(n)} holds; no limit without an n. */
  int maxCharacters() {
    return modifier < HEADER ? Integer.MAX_VALUE : modifier - HEADER;
  }

  boolean hasPrecision() {
    return modifier >= HEADER;
  }

  /** Digits of a {@code numeric(p, s)}. */
  int precision() {
    return ((modifier - HEADER) >> 16) & 0xffff;
  }

  /** Digits after the point of a {@code numeric(p, s)}; may be negative. */
  int scale() {
    return (((modifier - HEADER) & SCALE_BITS) ^ SCALE_SIGN) - SCALE_SIGN;
  }
}
