package dev.millrace.embedded.junit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Servers that all test classes of this JVM share: started when first asked for, closed when the
 * JVM ends. JUnit's own store ends with a run, and a build that hands its classes to several JVMs
 * makes a run of each class.
 */
final class SharedServers {
  private static final Logger LOG = LoggerFactory.getLogger(SharedServers.class);
  private static final Map<Object, AutoCloseable> SERVERS = new LinkedHashMap<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(SharedServers::closeAll, "servers-closer"));
  }

  private SharedServers() {}

  /** The server of a key; a start that fails is tried again by whoever asks next. */
  static synchronized <S extends AutoCloseable> S get(
      Object key, Class<S> type, Supplier<S> start) {
    var server = SERVERS.get(key);
    if (server == null) {
      server = start.get();
      SERVERS.put(key, server);
    }
    return type.cast(server);
  }

  private static void closeAll() {
    List<AutoCloseable> servers;
    synchronized (SharedServers.class) {
      servers = new ArrayList<>(SERVERS.values());
    }
    Collections.reverse(servers);
    for (var server : servers) {
      try {
        server.close();
      } catch (Exception failed) {
        LOG.warn("{} did not close: {}", server, failed.getMessage());
      }
    }
  }
}
