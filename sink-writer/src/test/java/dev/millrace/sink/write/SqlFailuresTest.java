package dev.millrace.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.failure.Owner;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class SqlFailuresTest {

  /** Waited for without limit: nothing of it is dead-lettered. */
  @ParameterizedTest
  @CsvSource({
    "08000, DATABASE_UNAVAILABLE",
    "08001, DATABASE_UNAVAILABLE",
    "08003, DATABASE_UNAVAILABLE",
    "08004, DATABASE_UNAVAILABLE",
    "08006, DATABASE_UNAVAILABLE",
    "08007, DATABASE_UNAVAILABLE",
    "08P01, DATABASE_UNAVAILABLE",
    "25006, DATABASE_UNAVAILABLE",
    "25P03, DATABASE_BUSY",
    "25P04, DATABASE_BUSY",
    "26000, DATABASE_BUSY",
    "40000, DATABASE_BUSY",
    "40001, DATABASE_BUSY",
    "40003, DATABASE_BUSY",
    "40P01, DATABASE_BUSY",
    "42P05, DATABASE_BUSY",
    "53000, DATABASE_BUSY",
    "53100, DATABASE_BUSY",
    "53200, DATABASE_BUSY",
    "53300, DATABASE_BUSY",
    "53400, DATABASE_BUSY",
    "55000, DATABASE_BUSY",
    "55006, DATABASE_BUSY",
    "55P03, DATABASE_BUSY",
    "57000, DATABASE_UNAVAILABLE",
    "57014, DATABASE_BUSY",
    "57P01, DATABASE_UNAVAILABLE",
    "57P02, DATABASE_UNAVAILABLE",
    "57P03, DATABASE_UNAVAILABLE",
    "57P04, DATABASE_UNAVAILABLE",
    "57P05, DATABASE_UNAVAILABLE",
    "58000, DATABASE_BUSY",
    "58030, DATABASE_BUSY"
  })
  void anOutageIsWaitedFor(String state, WriteFailure code) {
    assertThat(SqlFailures.codeOf(state)).isEqualTo(code);
    assertThat(code.owner()).isEqualTo(Owner.OUTAGE);
  }

  /** Halved to the row, which is put aside. */
  @ParameterizedTest
  @CsvSource({
    "22000, ROW_REFUSED",
    "22001, ROW_REFUSED",
    "22003, ROW_REFUSED",
    "22007, ROW_REFUSED",
    "22008, ROW_REFUSED",
    "22021, ROW_REFUSED",
    "22P02, ROW_REFUSED",
    "22P05, ROW_REFUSED",
    "23000, ROW_REFUSED",
    "23001, ROW_REFUSED",
    "23502, ROW_REFUSED",
    "23503, ROW_REFUSED",
    "23505, KEY_TAKEN",
    "23514, ROW_REFUSED",
    "23P01, ROW_REFUSED",
    "44000, ROW_REFUSED",
    "54000, ROW_REFUSED",
    "54001, ROW_REFUSED",
    "P0001, ROW_REFUSED"
  })
  void aBadRowIsPutAside(String state, WriteFailure code) {
    assertThat(SqlFailures.codeOf(state)).isEqualTo(code);
    assertThat(code.owner()).isEqualTo(Owner.DATA);
  }

  /** Stops the topic with a message that says what to do; the others go on. */
  @ParameterizedTest
  @CsvSource({
    "0A000, TABLE_MISMATCH, millrace migrate",
    "22P03, TABLE_MISMATCH, millrace migrate",
    "28000, LOGIN_REFUSED, database.user",
    "28P01, LOGIN_REFUSED, database.password",
    "3D000, LOGIN_REFUSED, database.url",
    "3F000, TABLE_MISSING, millrace migrate",
    "42501, PRIVILEGE_MISSING, millrace_writer",
    "42601, TABLE_MISMATCH, millrace migrate",
    "42703, TABLE_MISMATCH, millrace migrate",
    "42704, TABLE_MISMATCH, millrace migrate",
    "42804, TABLE_MISMATCH, millrace migrate",
    "42883, TABLE_MISMATCH, millrace migrate",
    "42P01, TABLE_MISSING, millrace migrate",
    "42P10, TABLE_MISMATCH, millrace migrate",
    "54011, TABLE_MISMATCH, millrace migrate"
  })
  void aConfigurationFailureSaysWhatToDo(String state, WriteFailure code, String remedy) {
    assertThat(SqlFailures.codeOf(state)).isEqualTo(code);
    assertThat(code.owner()).isEqualTo(Owner.CONFIGURATION);
    assertThat(SqlFailures.of("storing", new SQLException("no", state)))
        .hasMessageContaining(remedy);
  }

  /** Ends the sink, visibly; so does what no rule knows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "01000", "02000", "20000", "21000", "22P04", "24000", "25P02", "34000", "3B001", "72000",
        "XX000", "XX001", "XX002", "ZZ999"
      })
  void anAnswerThatShouldNeverBeIsABug(String state) {
    assertThat(SqlFailures.codeOf(state)).isEqualTo(WriteFailure.UNEXPECTED_ANSWER);
    assertThat(WriteFailure.UNEXPECTED_ANSWER.owner()).isEqualTo(Owner.BUG);
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
