package dev.millrace.bench.site;

import dev.millrace.bench.server.ServerFailure;
import dev.millrace.embedded.Durability;
import dev.millrace.embedded.EmbeddedDatabase;
import dev.millrace.embedded.EmbeddedKafka;
import dev.millrace.embedded.Loopback;
import dev.millrace.embedded.registry.RegistryServer;
import dev.millrace.failure.MillraceException;
import dev.millrace.schema.RecordCatalog;
import dev.millrace.schema.topics.TopicCreator;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import dev.millrace.schema.wire.SchemaRegistry;
import dev.millrace.sink.migrate.Migrator;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A broker, a registry and, where it is wanted, a migrated PostgreSQL, which loses nothing it has
 * committed, on one folder and on ports that stay the same when a server is started again. Broker
 * and registry run in this JVM. No process outlives the JVM, unless that is killed with -9. One
 * thread.
 */
public final class Site implements AutoCloseable {
  private final Path folder;
  private final RegistryServer registry;
  private final String url;
  private final int databasePort;
  private final int brokerPort;
  private final List<ProductProcess> processes = new CopyOnWriteArrayList<>();
  private final Thread closer = new Thread(this::end, "site-closer");
  private EmbeddedKafka broker;
  private volatile Optional<EmbeddedDatabase> database;

  private Site(
      Path folder,
      EmbeddedKafka broker,
      RegistryServer registry,
      Optional<EmbeddedDatabase> database) {
    this.folder = folder;
    this.broker = broker;
    this.registry = registry;
    this.database = database;
    this.url = database.map(server -> server.createDatabase("site")).orElse("");
    this.databasePort = database.map(Site::portOf).orElse(0);
    this.brokerPort = port(broker.bootstrapServers());
  }

  /** Starts the servers, and makes tables and the catalogue's topics. */
  public static Site start(Path folder, RecordCatalog catalog) {
    var site =
        start(
            folder,
            catalog,
            Optional.of(
                EmbeddedDatabase.start(
                    folder.resolve("postgres"), LastingPort.free(), Durability.SYNCED)));
    var source = new PGSimpleDataSource();
    source.setUrl(site.url);
    new Migrator(source).migrate();
    return site;
  }

  /** The same for aggregators, which need no PostgreSQL: there is none. */
  public static Site withoutDatabase(Path folder, RecordCatalog catalog) {
    return start(folder, catalog, Optional.empty());
  }

  private static Site start(
      Path folder, RecordCatalog catalog, Optional<EmbeddedDatabase> database) {
    var site =
        new Site(
            folder,
            EmbeddedKafka.start(folder.resolve("kafka"), LastingPort.free()),
            RegistryServer.start(Optional.empty(), Loopback.ANY_PORT),
            database);
    Runtime.getRuntime().addShutdownHook(site.closer);
    site.prepare(catalog);
    return site;
  }

  private void prepare(RecordCatalog catalog) {
    try (var admin = Admin.create(Map.copyOf(kafka()))) {
      new TopicCreator(admin, (short) 1).create(catalog);
    }
  }

  private static int portOf(EmbeddedDatabase database) {
    return URI.create(database.psqlUrl()).getPort();
  }

  private static int port(String hostAndPort) {
    return Integer.parseInt(hostAndPort.substring(hostAndPort.lastIndexOf(':') + 1));
  }

  /** Settings of Kafka's clients. */
  public Map<String, String> kafka() {
    return Map.of("bootstrap.servers", Loopback.ADDRESS + ":" + brokerPort);
  }

  public SchemaRegistry registry() {
    return new ConfluentSchemaRegistry(registry.url(), Map.of());
  }

  /** A new connection, in auto-commit mode. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  /**
   * Starts a sink.
   *
   * @param name differs from that of every other that runs
   * @param java options of the JVM
   * @param keys configuration keys
   */
  public ProductProcess sink(String name, List<String> java, Map<String, String> keys) {
    var arguments = new ArrayList<>(List.of("sink", "--database-url", url));
    arguments.addAll(List.of("-D", "database.properties.ApplicationName=" + name));
    return start(name, java, arguments, keys);
  }

  /** Starts an aggregator; the same parameters. */
  public ProductProcess aggregator(String name, List<String> java, Map<String, String> keys) {
    return start(name, java, new ArrayList<>(List.of("aggregate")), keys);
  }

  private ProductProcess start(
      String name, List<String> java, List<String> arguments, Map<String, String> keys) {
    arguments.addAll(List.of("--bootstrap-server", kafka().get("bootstrap.servers")));
    arguments.addAll(List.of("--schema-registry-url", registry.url()));
    keys.forEach((key, value) -> arguments.addAll(List.of("-D", key + "=" + value)));
    var process = ProductProcess.start(name, folder.resolve("logs"), java, arguments);
    processes.removeIf(each -> !each.isAlive());
    processes.add(process);
    return process;
  }

  /** Stops PostgreSQL, ending its connections, and starts it again. */
  public void restartDatabase() {
    database.orElseThrow().close();
    database =
        Optional.of(
            LastingPort.again(
                () ->
                    EmbeddedDatabase.start(
                        folder.resolve("postgres"), databasePort, Durability.SYNCED)));
  }

  /** Kills a backend: PostgreSQL drops every connection, and recovers from its log. */
  public void crashDatabase(long backend) {
    var process =
        ProcessHandle.of(backend)
            .orElseThrow(
                () ->
                    new MillraceException(
                        ServerFailure.REFUSED, "there is no backend with process id " + backend));
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Stops the broker and starts it again. */
  public void restartBroker() {
    broker.close();
    broker = LastingPort.again(() -> EmbeddedKafka.start(folder.resolve("kafka"), brokerPort));
  }

  /** What would outlive this JVM: its child processes. */
  private void end() {
    processes.forEach(ProductProcess::kill);
    database.ifPresent(EmbeddedDatabase::close);
  }

  /** Kills the processes that still run, and stops the servers. */
  @Override
  public void close() {
    end();
    registry.close();
    broker.close();
    Runtime.getRuntime().removeShutdownHook(closer);
  }

  @Override
  public String toString() {
    return "Site(%s, %s)".formatted(database.map(Object::toString).orElse("no database"), broker);
  }
}
