package dev.millrace.embedded.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A request that fits a route.
 *
 * @param taken the path segments under the route's wildcards, decoded
 * @param query the query as it came, or empty
 * @param body the JSON body; a missing node where there was none
 */
record Request(List<String> taken, String query, JsonNode body) {
  private static final String LATEST = "latest";

  /** The subject, which every route with a wildcard has first. */
  String subject() {
    return taken.get(0);
  }

  /** The schema to register, look up or test: 42201 if it is not plain Avro. */
  String schema() {
    var type = body.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw RegistryRefusal.invalidSchema("this registry takes AVRO, not " + type);
    }
    if (!body.path("references").isEmpty()) {
      throw RegistryRefusal.invalidSchema("this registry takes no references");
    }
    if (!body.path("schema").isTextual()) {
      throw RegistryRefusal.invalidSchema("the body has no 'schema'");
    }
    return body.path("schema").textValue();
  }

  /** The number after the subject: 42202 if it is neither a positive number nor latest. */
  int version(int latest) {
    var text = taken.get(1);
    if (text.equals(LATEST)) {
      return latest;
    }
    return positive(text);
  }

  private static int positive(String text) {
    try {
      var number = Integer.parseInt(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      throw RegistryRefusal.invalidVersion(text);
    }
    throw RegistryRefusal.invalidVersion(text);
  }

  boolean asks(String flag) {
    return List.of(query.split("&")).contains(flag + "=true");
  }
}
