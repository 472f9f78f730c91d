package dev.millrace.sink;

import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Users of a test server who have what one role has, and nothing else. A user is of the whole
 * server: it is made once, and stays as long as that.
 */
public final class Login {
  private static final String MAKE =
      """
      DO $$
      BEGIN
        CREATE ROLE %1$s LOGIN;
        GRANT %2$s TO %1$s;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END $$""";

  private Login() {}

  /**
   * A database as a member of a role sees it.
   *
   * @param superuserUrl the database, with the superuser
   * @return its address, with the member
   */
  public static String memberOf(String role, String superuserUrl) {
    var user = role + "_member";
    try (var connection = DriverManager.getConnection(superuserUrl);
        var statement = connection.createStatement()) {
      statement.execute(MAKE.formatted(user, role));
    } catch (SQLException failed) {
      throw new AssertionError(role, failed);
    }
    return as(user, superuserUrl);
  }

  public static String as(String user, String superuserUrl) {
    return superuserUrl.replace("user=postgres", "user=" + user);
  }
}
