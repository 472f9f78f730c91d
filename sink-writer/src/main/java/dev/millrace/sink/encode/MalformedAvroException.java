package dev.millrace.sink.encode;

/**
 * The bytes are not Avro of their schema. Never leaves this package: {@link RowEncoder} says which
 * record it was. Without a stack trace, since it speaks of bytes and not of code.
 */
final class MalformedAvroException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedAvroException(String why) {
    super(why, null, false, false);
  }
}
