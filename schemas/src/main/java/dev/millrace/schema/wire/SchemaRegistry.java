package dev.millrace.schema.wire;

/**
 * The schema registry, as far as the pipeline needs it. Schemas cross as JSON text, so that no
 * client library's classes do. Implementations are safe for use by several threads.
 *
 * <p>Every method throws {@link dev.millrace.failure.MillraceException} with {@link
 * dev.millrace.schema.SchemaFailure#REGISTRY_UNAVAILABLE} when the registry does not answer.
 */
public interface SchemaRegistry {

  /**
   * Registers a schema under a subject and returns its id; registering the same one again returns
   * the same id.
   *
   * @throws dev.millrace.failure.MillraceException {@link
   *     dev.millrace.schema.SchemaFailure#INCOMPATIBLE_SCHEMA} if the subject's compatibility level
   *     forbids it
   */
  int register(String subject, String schemaJson);

  /**
   * The schema with an id; remembered after the first call.
   *
   * @throws dev.millrace.failure.MillraceException {@link
   *     dev.millrace.schema.SchemaFailure#UNKNOWN_SCHEMA_ID}
   */
  String schemaById(int id);

  /** Sets the compatibility level of a subject, e.g. {@code BACKWARD_TRANSITIVE}. */
  void setCompatibility(String subject, String level);
}
