package dev.millrace.sink.maintain;

import dev.millrace.failure.FailureCode;
import dev.millrace.failure.Owner;
import dev.millrace.sink.write.SqlFailures;
import java.sql.SQLException;

/** Why a table could not be maintained. */
public enum MaintenanceFailure implements FailureCode {
  /** Others held its locks in every attempt. */
  TABLE_BUSY(Owner.OUTAGE, ". It is tried again in the next pass"),
  DATABASE_UNAVAILABLE(
      Owner.OUTAGE, ". Check that PostgreSQL runs there and database.url names it"),
  NOT_THE_OWNER(
      Owner.CONFIGURATION,
      ". Only the owner of the tables maintains them: make this user a member of millrace_owner, or run `millrace maintain` as one and set sink.maintain_interval_ms=0"),
  NOT_MIGRATED(Owner.CONFIGURATION, ". Run `millrace migrate` on this database"),
  /** For instance because a view was made of a partition. */
  STEP_REFUSED(Owner.CONFIGURATION, "");

  private static final String NO_SUCH_FUNCTION = "42883";

  private final Owner owner;
  private final String remedy;

  MaintenanceFailure(Owner owner, String remedy) {
    this.owner = owner;
    this.remedy = remedy;
  }

  static MaintenanceFailure of(SQLException failed) {
    return switch (SqlFailures.classify(failed)) {
      case DATABASE_BUSY -> TABLE_BUSY;
      case DATABASE_UNAVAILABLE, LOGIN_REFUSED -> DATABASE_UNAVAILABLE;
      case PRIVILEGE_MISSING -> NOT_THE_OWNER;
      case TABLE_MISSING -> NOT_MIGRATED;
      default -> NO_SUCH_FUNCTION.equals(failed.getSQLState()) ? NOT_MIGRATED : STEP_REFUSED;
    };
  }

  @Override
  public Owner owner() {
    return owner;
  }

  /** What to do, as the end of a sentence. */
  String remedy() {
    return remedy;
  }
}
