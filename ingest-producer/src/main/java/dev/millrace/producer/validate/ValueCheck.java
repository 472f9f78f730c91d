package dev.millrace.producer.validate;

/**
 * The check of one field's value, compiled once from its schema. Stateless, and called for every
 * record: a check that passes allocates nothing.
 */
@FunctionalInterface
interface ValueCheck {

  /**
   * Checks a value that is not null.
   *
   * @throws dev.millrace.failure.MillraceException of owner data, naming {@code field} and value
   */
  void check(String field, Object value);
}
