package dev.millrace.sink.write;

import dev.millrace.failure.MillraceException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.postgresql.util.PSQLException;

/**
 * From an SQLSTATE to a {@link WriteFailure}, and so to what is done about it. The whole state is
 * looked up first, then its class, which is its first two characters.
 */
public final class SqlFailures {
  private static final int CLASS_CHARACTERS = 2;
  private static final String QUERY_CANCELED = "57014";
  private static final String CHECK_VIOLATION = "23514";

  private static final Map<String, WriteFailure> BY_STATE =
      Map.ofEntries(
          // The encoder checks its values: a form the server cannot read is a column of another
          // type.
          Map.entry("22P03", WriteFailure.TABLE_MISMATCH),
          Map.entry("22P04", WriteFailure.UNEXPECTED_ANSWER),
          Map.entry("23505", WriteFailure.KEY_TAKEN),
          Map.entry("25006", WriteFailure.DATABASE_UNAVAILABLE),
          // The time-outs of an idle transaction and of a whole one.
          Map.entry("25P03", WriteFailure.DATABASE_BUSY),
          Map.entry("25P04", WriteFailure.DATABASE_BUSY),
          // A pooler between us and the server gave another of its connections.
          Map.entry("26000", WriteFailure.DATABASE_BUSY),
          Map.entry("42P05", WriteFailure.DATABASE_BUSY),
          Map.entry("42501", WriteFailure.PRIVILEGE_MISSING),
          Map.entry("42P01", WriteFailure.TABLE_MISSING),
          Map.entry("54000", WriteFailure.ROW_REFUSED),
          // JSON that is nested deeper than the server's stack.
          Map.entry("54001", WriteFailure.ROW_REFUSED),
          Map.entry("55P03", WriteFailure.DATABASE_BUSY),
          // statement_timeout, or somebody's pg_cancel_backend: the server is there.
          Map.entry(QUERY_CANCELED, WriteFailure.DATABASE_BUSY));

  private static final Map<String, WriteFailure> BY_CLASS =
      Map.ofEntries(
          Map.entry("08", WriteFailure.DATABASE_UNAVAILABLE),
          Map.entry("0A", WriteFailure.TABLE_MISMATCH),
          Map.entry("22", WriteFailure.ROW_REFUSED),
          Map.entry("23", WriteFailure.ROW_REFUSED),
          Map.entry("28", WriteFailure.LOGIN_REFUSED),
          Map.entry("3D", WriteFailure.LOGIN_REFUSED),
          Map.entry("3F", WriteFailure.TABLE_MISSING),
          Map.entry("40", WriteFailure.DATABASE_BUSY),
          Map.entry("42", WriteFailure.TABLE_MISMATCH),
          Map.entry("44", WriteFailure.ROW_REFUSED),
          Map.entry("53", WriteFailure.DATABASE_BUSY),
          Map.entry("54", WriteFailure.TABLE_MISMATCH),
          Map.entry("55", WriteFailure.DATABASE_BUSY),
          Map.entry("57", WriteFailure.DATABASE_UNAVAILABLE),
          Map.entry("58", WriteFailure.DATABASE_BUSY),
          Map.entry("P0", WriteFailure.ROW_REFUSED));

  private SqlFailures() {}

  /** The code of an SQLSTATE; a driver that names none has lost or not got its connection. */
  public static WriteFailure codeOf(String state) {
    if (state == null || state.length() < CLASS_CHARACTERS) {
      return WriteFailure.DATABASE_UNAVAILABLE;
    }
    return Optional.ofNullable(BY_STATE.get(state))
        .or(() -> Optional.ofNullable(BY_CLASS.get(state.substring(0, CLASS_CHARACTERS))))
        .orElse(WriteFailure.UNEXPECTED_ANSWER);
  }

  /** The code of a failure of the driver. */
  public static WriteFailure classify(SQLException failed) {
    return isRowOfANewPartition(failed) ? WriteFailure.DATABASE_BUSY : codeOf(failed.getSQLState());
  }

  /**
   * A partition was made for a row while it was on its way to the default partition. The server
   * calls that a broken check, but one without a name; sent again, the row finds its partition.
   */
  private static boolean isRowOfANewPartition(SQLException failed) {
    return failed instanceof PSQLException refused
        && CHECK_VIOLATION.equals(refused.getSQLState())
        && refused.getServerErrorMessage() != null
        && refused.getServerErrorMessage().getConstraint() == null;
  }

  /** What failed, what the server says to it, and what to do. */
  public static MillraceException of(String what, SQLException failed) {
    var code = classify(failed);
    return new MillraceException(
        code, describe(what, failed) + remedy(code, failed.getSQLState()), failed);
  }

  /** What failed and what the server says to it, in one line. */
  public static String describe(String what, SQLException failed) {
    return "%s: %s (SQLSTATE %s)".formatted(what, oneLine(failed), failed.getSQLState());
  }

  private static String oneLine(SQLException failed) {
    return String.valueOf(failed.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
  }

  private static String remedy(WriteFailure code, String state) {
    if (QUERY_CANCELED.equals(state)) {
      return ". If that is statement_timeout, raise it for the sink's user or lower sink.batch_rows";
    }
    return switch (code) {
      case TABLE_MISSING -> ". Run `millrace migrate` on this database";
      case PRIVILEGE_MISSING ->
          ". Make the sink's user a member of millrace_writer, and run `millrace migrate` if that has no privileges here";
      case TABLE_MISMATCH ->
          ". Does the database have this version's migrations? Run `millrace migrate`";
      case LOGIN_REFUSED -> ". Check database.url, database.user and database.password";
      case DATABASE_UNAVAILABLE -> ". Check that PostgreSQL runs there and database.url names it";
      case ROW_REFUSED, KEY_TAKEN, DATABASE_BUSY, FENCED, UNEXPECTED_ANSWER -> "";
    };
  }
}
