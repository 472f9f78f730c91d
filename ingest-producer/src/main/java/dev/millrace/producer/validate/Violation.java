package dev.millrace.producer.validate;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.SchemaFailure;

/** The words in which a bad value is refused. */
final class Violation {
  private static final int SHOWN_CHARACTERS = 80;

  private Violation() {}

  static MillraceException required(String field) {
    return new MillraceException(
        SchemaFailure.FIELD_REQUIRED, "field '%s' is required and has no value".formatted(field));
  }

  static MillraceException emptyKey(String field) {
    return new MillraceException(
        SchemaFailure.FIELD_REQUIRED,
        "field '%s' is part of the message key and must not be empty".formatted(field));
  }

  static MillraceException unreadable(String field, String wanted, Object value) {
    return new MillraceException(
        SchemaFailure.FIELD_UNREADABLE,
        "field '%s' must be %s, not '%s'".formatted(field, wanted, shown(value)));
  }

  static MillraceException wrongClass(String field, String wanted, Object value) {
    return new MillraceException(
        SchemaFailure.FIELD_UNREADABLE,
        "field '%s' must be %s, not the %s '%s'"
            .formatted(field, wanted, value.getClass().getSimpleName(), shown(value)));
  }

  static MillraceException outOfRange(String field, Object value, String why) {
    return new MillraceException(
        SchemaFailure.FIELD_OUT_OF_RANGE,
        "field '%s' is %s, %s".formatted(field, shown(value), why));
  }

  /** A value as a message shows it: one line of bounded length. */
  private static String shown(Object value) {
    var text = value.toString().replace('\n', ' ').replace('\r', ' ').replace("\0", "\\0");
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
