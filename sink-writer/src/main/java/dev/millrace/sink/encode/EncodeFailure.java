package dev.millrace.sink.encode;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.MillraceException;
import dev.millrace.failure.Owner;

/** What can be wrong between an Avro field and its column. */
public enum EncodeFailure implements FailureCode {
  /** A column that may not be null has no value. */
  VALUE_REQUIRED(Owner.DATA),
  /** The value does not fit the column's type: too large, too precise, no number. */
  VALUE_OUT_OF_RANGE(Owner.DATA),
  /** The text holds a NUL character, which PostgreSQL cannot store. */
  TEXT_HAS_NUL(Owner.DATA),
  /** The text has more characters than the column holds. */
  TEXT_TOO_LONG(Owner.DATA),
  /** The text is no UUID, address or whatever the column holds. */
  VALUE_UNREADABLE(Owner.DATA),
  /** No plan leads from the field's type to the column's. */
  UNSUPPORTED_COLUMN(Owner.CONFIGURATION);

  private static final int SHOWN_CHARACTERS = 80;

  private final Owner owner;

  EncodeFailure(Owner owner) {
    this.owner = owner;
  }

  @Override
  public Owner owner() {
    return owner;
  }

  /** The failure of one value: names the column, shows the value (shortened) and what is wrong. */
  MillraceException of(Column column, Object value, String what) {
    return new MillraceException(
        this, "%s %s: '%s'".formatted(column.qualifiedName(), what, shortened(value)));
  }

  private static String shortened(Object value) {
    var text = String.valueOf(value).replace("\0", "\\0");
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
