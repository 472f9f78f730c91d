package dev.millrace.embedded.registry;

/**
 * A request the registry refuses, with Confluent's error code. Becomes the body of the response and
 * goes no further.
 */
final class RegistryRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int CODES_PER_STATUS = 100;

  private final int code;

  private RegistryRefusal(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  static RegistryRefusal badRequest(String why) {
    return new RegistryRefusal(400, why);
  }

  static RegistryRefusal noSuchCall(String path) {
    return new RegistryRefusal(404, "HTTP 404 Not Found: " + path);
  }

  static RegistryRefusal noSuchMethod(String method, String path) {
    return new RegistryRefusal(405, "HTTP 405 Method Not Allowed: " + method + " " + path);
  }

  static RegistryRefusal incompatible(String subject, Object differences) {
    return new RegistryRefusal(
        409,
        "Schema being registered is incompatible with an earlier schema for subject \"%s\", details: %s"
            .formatted(subject, differences));
  }

  static RegistryRefusal noSubject(String subject) {
    return new RegistryRefusal(40_401, "Subject '" + subject + "' not found.");
  }

  static RegistryRefusal noVersion(int version) {
    return new RegistryRefusal(40_402, "Version " + version + " not found.");
  }

  static RegistryRefusal noSchema(Object which) {
    return new RegistryRefusal(40_403, "Schema " + which + " not found");
  }

  static RegistryRefusal noCompatibility(String subject) {
    return new RegistryRefusal(
        40_408, "Subject '" + subject + "' does not have subject-level compatibility configured");
  }

  static RegistryRefusal invalidSchema(String why) {
    return new RegistryRefusal(42_201, "Invalid schema: " + why);
  }

  static RegistryRefusal invalidVersion(String version) {
    return new RegistryRefusal(
        42_202,
        "The specified version '%s' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\""
            .formatted(version));
  }

  static RegistryRefusal invalidCompatibility(String level, Object allowed) {
    return new RegistryRefusal(
        42_203, "Invalid compatibility level '" + level + "'. Valid values are " + allowed);
  }

  /** Confluent's error code: a status, or a status and two digits. */
  int code() {
    return code;
  }

  int httpStatus() {
    return code < 1_000 ? code : code / CODES_PER_STATUS;
  }
}
