package dev.millrace.sink.encode;

import java.util.List;

/** Is told what a writer's schema holds that this version of the product does not know. */
@FunctionalInterface
public interface UnknownFields {
  /** Lets them pass. */
  UnknownFields IGNORED = (schemaId, fields) -> {};

  /**
   * Records of a schema have fields that are skipped; told once an encoder and schema.
   *
   * @param schemaId the schema's id in the registry
   * @param fields at least one, in the order of the schema
   */
  void skipped(int schemaId, List<String> fields);
}
