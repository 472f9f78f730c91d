package dev.millrace.sink;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A pool of which one commit fails, as when the server is lost: nothing of it is committed. */
final class FailingCommits {
  private final DataSource pool;
  private final AtomicInteger before;

  /** Lets {@code before} commits succeed, fails one, and lets the rest succeed. */
  FailingCommits(DataSource pool, int before) {
    this.pool = pool;
    this.before = new AtomicInteger(before);
  }

  DataSource dataSource() {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              var answer = call(() -> method.invoke(pool, arguments));
              return answer instanceof Connection connection ? failing(connection) : answer;
            });
  }

  private Connection failing(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("commit") && before.getAndDecrement() == 0) {
                connection.rollback();
                throw new SQLException("the server is lost", "08006");
              }
              return call(() -> method.invoke(connection, arguments));
            });
  }

  @FunctionalInterface
  private interface Call {
    Object run() throws ReflectiveOperationException;
  }

  private static Object call(Call call) throws Throwable {
    try {
      return call.run();
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    }
  }
}
