package dev.millrace.sink.maintain;

import dev.millrace.embedded.junit.DatabaseExtension;
import org.junit.jupiter.api.extension.ExtendWith;

/** On PostgreSQL alone. */
@ExtendWith(DatabaseExtension.class)
class NativePoliciesIT extends EveryPolicyContract {}
