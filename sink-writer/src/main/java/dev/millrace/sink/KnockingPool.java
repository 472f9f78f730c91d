package dev.millrace.sink;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A pool that is asked for a connection only where the server answers. A pool that is empty tries
 * for as long as somebody waits, with pauses that grow to 5 s, and so is found too late that a
 * server is back; and who waits learns nothing for the whole connect time-out. Here an empty pool
 * costs one connection more, and a server that is away is told at once. Safe for use by several
 * threads.
 */
final class KnockingPool extends HikariDataSource {
  private final DataSource driver;

  /** A pool of connections of the driver. */
  KnockingPool(HikariConfig config, DataSource driver) {
    super(config);
    this.driver = driver;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (!isClosed() && getHikariPoolMXBean().getTotalConnections() == 0) {
      driver.getConnection().close();
    }
    return super.getConnection();
  }
}
