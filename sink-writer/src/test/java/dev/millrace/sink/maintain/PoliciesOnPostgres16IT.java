package dev.millrace.sink.maintain;

import dev.millrace.embedded.junit.OlderDatabaseExtension;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On PostgreSQL 16 alone. */
class PoliciesOnPostgres16IT extends EveryPolicyContract {
  @RegisterExtension
  static final OlderDatabaseExtension DATABASE = OlderDatabaseExtension.version(16);
}
