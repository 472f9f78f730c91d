package dev.millrace.sink;

import static dev.millrace.tables.camera.Tables.CAMERAS;
import static dev.millrace.tables.hub.Tables.EVENTS;
import static dev.millrace.tables.millrace.Tables.PARTITIONS;
import static dev.millrace.tables.millrace.Tables.PARTITION_POLICY;
import static dev.millrace.tables.millrace.Tables.ROW_EXPIRY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.junit.DatabaseExtension;
import dev.millrace.embedded.junit.DatabaseFixture;
import dev.millrace.tables.DefaultCatalog;
import dev.millrace.tables.millrace.Routines;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.TableOptions.TableType;
import org.jooq.impl.DSL;
import org.jooq.postgres.extensions.types.Inet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The generated classes speak of the tables that the migrations make. */
@ExtendWith(DatabaseExtension.class)
class TablesIT {
  private final Database database;
  private Connection connection;
  private DSLContext sql;

  TablesIT(DatabaseFixture fixture) {
    database = Database.open(DatabaseConfig.of(Migrated.url(fixture)));
  }

  @BeforeEach
  void connect() throws SQLException {
    connection = database.dataSource().getConnection();
    sql = DSL.using(connection, SQLDialect.POSTGRES);
  }

  @AfterEach
  void close() throws SQLException {
    connection.rollback();
    connection.close();
    database.close();
  }

  @Test
  void everyColumnCanBeSelected() {
    var tables =
        DefaultCatalog.DEFAULT_CATALOG
            .schemaStream()
            .flatMap(schema -> schema.tableStream())
            .filter(table -> table.getOptions().type() != TableType.FUNCTION)
            .toList();

    assertThat(tables).extracting(Table::getName).contains("metrics_agg_5s", "sink_progress");
    assertThat(tables)
        .allSatisfy(
            table -> assertThat(sql.select(table.fields()).from(table).limit(0).fetch()).isEmpty());
  }

  @Test
  void typesOfPostgresGoThereAndBack() throws UnknownHostException {
    var address = Inet.valueOf(InetAddress.getByName("10.0.0.7"));
    var seen = Instant.parse("2026-03-01T10:00:00.123456Z");
    sql.insertInto(CAMERAS)
        .set(CAMERAS.CAMERA_ID, "north")
        .set(CAMERAS.CAMERA_NAME, "North gate")
        .set(CAMERAS.IP_ADDRESS, address)
        .set(CAMERAS.MAC_ADDRESS, "ac:cc:8e:00:00:01")
        .set(CAMERAS.LOCATION_COORDINATES, "(13.4,52.5)")
        .set(CAMERAS.TAGS, JSONB.valueOf("{\"floor\": 2}"))
        .set(CAMERAS.LAST_SEEN_AT, seen)
        .execute();

    var row =
        sql.selectFrom(CAMERAS).where(CAMERAS.MAC_ADDRESS.eq("ac:cc:8e:00:00:01")).fetchSingle();

    assertThat(row.get(CAMERAS.IP_ADDRESS)).isEqualTo(address);
    assertThat(row.get(CAMERAS.LOCATION_COORDINATES)).isEqualTo("(13.4,52.5)");
    assertThat(row.get(CAMERAS.TAGS)).isEqualTo(JSONB.valueOf("{\"floor\": 2}"));
    assertThat(row.get(CAMERAS.LAST_SEEN_AT)).isEqualTo(seen);
    assertThat(row.get(CAMERAS.HARDWARE_ID)).isNull();
  }

  @Test
  void relationsAreNamed() {
    var kept =
        sql.select(ROW_EXPIRY.KEPT_BY)
            .from(ROW_EXPIRY)
            .where(ROW_EXPIRY.RELATION.eq("audio.traces"))
            .and(ROW_EXPIRY.KEPT_BY.ne("{hub.events}"))
            .fetchSingle(ROW_EXPIRY.KEPT_BY);

    assertThat(kept).startsWith("{audio.metrics_agg_5s,").endsWith("}");
  }

  @Test
  void functionsAreCalledByTheirClasses() {
    var policy =
        sql.selectFrom(PARTITION_POLICY)
            .where(PARTITION_POLICY.RELATION.eq("hub.events"))
            .fetchSingle();
    var from = Instant.parse("2031-01-01T00:00:00Z");

    var made =
        Routines.ensurePartitions(
            sql.configuration(), "hub.events", from, from.plus(Duration.ofDays(2)));

    assertThat(policy.get(PARTITION_POLICY.RETENTION).toDuration()).isEqualTo(Duration.ofDays(365));
    assertThat(made).isEqualTo(2);
    assertThat(
            sql.select(PARTITIONS.PARTITION)
                .from(Routines.partitions(policy.get(PARTITION_POLICY.RELATION)))
                .where(PARTITIONS.LOWER_BOUND.ge(from))
                .fetch(PARTITIONS.PARTITION))
        .containsExactly("hub.events_p20310101", "hub.events_p20310102");
    assertThat(sql.fetchCount(EVENTS)).isZero();
  }
}
