package dev.millrace.sink.maintain;

import dev.millrace.embedded.junit.TimescaleExtension;
import org.junit.jupiter.api.extension.ExtendWith;

/** On TimescaleDB. */
@ExtendWith(TimescaleExtension.class)
class TimescalePoliciesIT extends EveryPolicyContract {}
