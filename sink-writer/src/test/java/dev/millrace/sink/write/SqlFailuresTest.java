package dev.millrace.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.failure.Owner;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class SqlFailuresTest {

  @ParameterizedTest
  @CsvSource({
    "08006, OUTAGE",
    "08001, OUTAGE",
    "40001, OUTAGE",
    "40P01, OUTAGE",
    "53100, OUTAGE",
    "53300, OUTAGE",
    "57P01, OUTAGE",
    "57P03, OUTAGE",
    "55P03, OUTAGE",
    "25006, OUTAGE",
    "25P03, OUTAGE",
    "22001, DATA",
    "22P02, DATA",
    "22021, DATA",
    "23502, DATA",
    "23503, DATA",
    "23505, DATA",
    "23514, DATA",
    "54000, DATA",
    "54001, DATA",
    "P0001, DATA",
    "22P03, CONFIGURATION",
    "42P01, CONFIGURATION",
    "3F000, CONFIGURATION",
    "42501, CONFIGURATION",
    "42703, CONFIGURATION",
    "42804, CONFIGURATION",
    "42P10, CONFIGURATION",
    "28P01, CONFIGURATION",
    "3D000, CONFIGURATION",
    "22P04, BUG",
    "XX000, BUG"
  })
  void tellsWhoMendsIt(String state, Owner owner) {
    assertThat(SqlFailures.codeOf(state).owner()).isEqualTo(owner);
  }

  /** One statement was ended; the server is there, and the other lanes need not wait. */
  @Test
  void takesACanceledQueryForABusyServerAndNotForOneThatIsAway() {
    assertThat(SqlFailures.codeOf("57014")).isEqualTo(WriteFailure.DATABASE_BUSY);
    var failed = new SQLException("canceling statement due to statement timeout", "57014");
    assertThat(SqlFailures.of("storing", failed)).hasMessageContaining("sink.batch_rows");
  }

  /** The pool and the driver name no state when a connection is lost or none is to be had. */
  @Test
  void takesAFailureWithoutAStateForAnOutage() {
    assertThat(SqlFailures.codeOf(null)).isEqualTo(WriteFailure.DATABASE_UNAVAILABLE);
    assertThat(SqlFailures.codeOf("")).isEqualTo(WriteFailure.DATABASE_UNAVAILABLE);
  }

  @Test
  void saysWhatFailedInOneLineAndWhatToDo() {
    var failed = new SQLException("ERROR: no table\n  Position: 3", "42P01");
    assertThat(SqlFailures.of("storing in a.b", failed))
        .hasMessage(
            "storing in a.b: ERROR: no table; Position: 3 (SQLSTATE 42P01). Run `millrace migrate` on this database")
        .hasCause(failed);
  }

  /**
   * A check that the table names is the row's fault; one without a name is a partition just made.
   */
  @Test
  void tellsANewPartitionFromABrokenCheck() {
    assertThat(SqlFailures.classify(checkViolation(""))).isEqualTo(WriteFailure.DATABASE_BUSY);
    assertThat(SqlFailures.classify(checkViolation("nchk_severity\0")))
        .isEqualTo(WriteFailure.ROW_REFUSED);
  }

  private static PSQLException checkViolation(String constraint) {
    return new PSQLException(
        new ServerErrorMessage("SERROR\0C23514\0Mnew row violates it\0" + constraint));
  }
}
