package dev.millrace.schema.wire;

/**
 * The bytes are not Avro of their schema. Whoever reads says which record it was. Without a stack
 * trace, since it speaks of bytes and not of code.
 */
public final class MalformedAvroException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MalformedAvroException(String why) {
    super(why, null, false, false);
  }
}
