package dev.millrace.sink.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.embedded.junit.DatabaseFixture;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** Contract: tables partitioned by time hold what plain ones do, whatever partitions them. */
abstract class PartitioningContract {
  private static final String DOMAINS = "audio, network, hub, camera, fiber, insight";
  private static final String TRACE =
      "('t', 's', 'PRE', 'm', 1, timestamptz '%s') ON CONFLICT (trace_id, station_key, tap, metric_key, bucket_ts)";
  private static final String INTO_METRICS =
      "INSERT INTO audio.metrics_agg_5s (trace_id, station_key, tap, metric_key, count, bucket_ts) VALUES ";

  private final PGSimpleDataSource database = new PGSimpleDataSource();
  private final Migrator migrator;
  private Connection connection;

  PartitioningContract(DatabaseFixture fixture) {
    database.setUrl(fixture.jdbcUrl());
    migrator = new Migrator(database);
  }

  /** Whether a table is partitioned in the way of this flavour: a query with one parameter. */
  abstract String isPartitioned();

  /** Migrated once: what a test has made goes before the next one. */
  @BeforeEach
  void tidy() throws SQLException {
    connection = database.getConnection();
    execute("SET timezone = 'UTC'");
    execute("DROP SCHEMA IF EXISTS shop CASCADE");
    migrator.migrate();
    execute(
        "DELETE FROM millrace.partition_policy p WHERE NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = p.relation)");
    execute("TRUNCATE audio.metrics_agg_5s, network.path_metrics");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void handsOverTheTablesOfTheSeeds() throws SQLException {
    assertThat(
            rows(
                "SELECT relation, time_column, chunk_interval, retention, exact FROM millrace.partition_policy"))
        .contains(
            "audio.audio_segments_5s, bucket_ts, 06:00:00, 72:00:00, t",
            "audio.knob_events, occurred_at, 06:00:00, 72:00:00, t",
            "audio.knob_snapshots_5s, bucket_ts, 06:00:00, 72:00:00, t",
            "audio.metrics_agg_5s, bucket_ts, 06:00:00, 72:00:00, t",
            "camera.audit_log, event_timestamp, 1 mon, 1 year, f",
            "camera.camera_events, event_timestamp, 1 day, 30 days, f",
            "camera.claude_analyses, event_timestamp, 1 mon, 90 days, f",
            "camera.frame_metadata, frame_timestamp, 1 day, 7 days, f",
            "camera.system_metrics, metric_timestamp, 01:00:00, 7 days, f",
            "camera.system_metrics_rollup_1m, rollup_timestamp, 1 day, 90 days, f",
            "fiber.metrics, time, 7 days, 90 days, f",
            "hub.correlations, timestamp, 1 day, 90 days, f",
            "hub.events, timestamp, 1 day, 365 days, f",
            "hub.metrics, timestamp, 1 day, null, f",
            "insight.anomaly_events, detected_at, 1 mon, 2 years, f",
            "network.availability_metrics, recorded_at, 1 day, 90 days, f",
            "insight.health_scores, calculated_at, 1 day, 90 days, f",
            "network.interface_metrics, recorded_at, 1 day, 30 days, f",
            "network.metrics_daily, stat_date, 1 year, 5 years, f",
            "network.metrics_hourly, stat_hour, 1 mon, 1 year, f",
            "network.network_events, event_time, 1 mon, 1 year, f",
            "network.optical_metrics, recorded_at, 1 day, 90 days, f",
            "network.path_metrics, recorded_at, 1 day, 30 days, f");
    for (var relation : rows("SELECT relation FROM millrace.partition_policy")) {
      assertThat(rows(isPartitioned().formatted(relation))).as(relation).containsExactly("t");
    }
  }

  /** Made by a version that partitioned nothing, with rows of every age. */
  @Test
  void keepsTheRowsOfAnEarlierVersion() throws SQLException {
    execute("DROP SCHEMA millrace, %s CASCADE".formatted(DOMAINS));
    migrateDomainsAlone();
    execute(
        """
        INSERT INTO camera.system_metrics (metric_name, metric_type, component, value, tags, metric_timestamp)
        SELECT 'cpu', 'gauge', 'host' || abs(n) % 3, n / 7.0, jsonb_build_object('n', n), now() - n * interval '50 minutes'
        FROM generate_series(-200, 400) n
        """);
    execute(
        """
        INSERT INTO hub.metrics (timestamp, time_bucket, asset_id, metric_type, metric_name, tenant_id, value_count)
        SELECT timestamptz '2014-07-01' + n * interval '9 days', '1 hour', 'a' || n % 20, 'x', 'y', 'z', n
        FROM generate_series(0, 600) n
        """);
    execute(
        """
        INSERT INTO insight.metric_baselines (baseline_key, source_topic, scope_type, series, metric_name,
          time_period, sample_count, baseline_start_date, baseline_end_date)
        VALUES (gen_random_uuid(), 't', 's', '{}', 'm', 'all', 1, '2026-01-01', '2026-01-02')
        """);
    execute(
        """
        INSERT INTO insight.anomaly_events (incident_id, status, source_topic, scope_type, series, metric_name,
          metric_value, baseline_id, severity, detected_at)
        SELECT gen_random_uuid(), 'open', 't', 's', '{}', 'm', n, 1, 'warning', now() - n * interval '20 days'
        FROM generate_series(-2, 60) n
        """);
    var before = contents();

    assertThat(migrator.migrate())
        .contains(
            "005 partitioning (pipeline/V005__partitioning.sql)",
            "090 time partitioned (pipeline/V090__time_partitioned.sql)");

    assertThat(contents()).isEqualTo(before);
    assertThat(
            rows("SELECT component FROM camera.v_system_metrics_latest WHERE metric_name = 'cpu'"))
        .containsExactly("host0", "host1", "host2");
    execute(
        "INSERT INTO camera.system_metrics (metric_name, metric_type, component, value) VALUES ('x', 'gauge', 'x', 1)");
    assertThat(rows("SELECT metric_id FROM camera.system_metrics WHERE metric_name = 'x'"))
        .containsExactly("602");
  }

  @Test
  void storesARowOfAnyTime() throws SQLException {
    var times = List.of("now() - interval '7 days'", "now() + interval '7 days'", "'2014-07-01'");
    for (var time : times) {
      execute(
          "INSERT INTO network.path_metrics (source_ip, destination_ip, recorded_at) VALUES ('::1', '::2', %s)"
              .formatted(time));
    }
    assertThat(rows("SELECT recorded_at > now() FROM network.path_metrics ORDER BY recorded_at"))
        .containsExactly("f", "f", "t");
    assertThat(rows("SELECT id FROM network.path_metrics WHERE recorded_at < '2014-07-02'"))
        .containsExactly("3");
  }

  @Test
  void takesCopyOfRowsFarApart() throws SQLException, IOException {
    var lines = new StringBuilder();
    for (var month = 0; month < 200; month++) {
      lines.append("::1\t::2\t%d-%02d-15\n".formatted(2010 + month / 12, month % 12 + 1));
    }
    var stored =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "COPY network.path_metrics (source_ip, destination_ip, recorded_at) FROM STDIN",
                new StringReader(lines.toString()));
    assertThat(stored).isEqualTo(200);
    assertThat(rows("SELECT count(*), count(DISTINCT id) FROM network.path_metrics"))
        .containsExactly("200, 200");
  }

  @ParameterizedTest
  @CsvSource({"now()", "2014-07-01"})
  void findsTheKeyThatIsTaken(String time) throws SQLException {
    var row = TRACE.formatted(time.equals("now()") ? rows("SELECT now()").get(0) : time);
    execute(INTO_METRICS + row + " DO NOTHING");
    execute(INTO_METRICS + row + " DO NOTHING");
    execute(INTO_METRICS + row + " DO UPDATE SET count = excluded.count + 1");
    assertThat(rows("SELECT count FROM audio.metrics_agg_5s")).containsExactly("2");
    assertThatThrownBy(() -> execute(INTO_METRICS + row.substring(0, row.indexOf(" ON"))))
        .isInstanceOfSatisfying(
            SQLException.class, taken -> assertThat(taken.getSQLState()).isEqualTo("23505"));
  }

  @Test
  void changesNothingWhenCalledAgain() throws SQLException {
    var before = shape("audio.metrics_agg_5s");
    partition("audio.metrics_agg_5s", "bucket_ts", "6 hours", "72 hours", ", exact => true");
    assertThat(shape("audio.metrics_agg_5s")).isEqualTo(before);
  }

  @Test
  void takesANewPolicyWhenCalledAgain() throws SQLException {
    makeShop();
    partition("shop.orders", "placed_at", "1 day", "90 days", "");
    partition("shop.orders", "placed_at", "1 month", "1 year", ", archive => true");
    assertThat(
            rows(
                "SELECT chunk_interval, retention, archive FROM millrace.partition_policy"
                    + " WHERE relation = 'shop.orders'::regclass"))
        .containsExactly("1 mon, 1 year, t");
    execute("SELECT millrace.ensure_partitions('shop.orders', now(), now() + interval '2 months')");
    execute("INSERT INTO shop.orders (customer, placed_at) VALUES (1, now() + interval '40 days')");
    assertThat(
            rows(
                "SELECT upper_bound - lower_bound BETWEEN '28 days' AND '31 days' FROM millrace.partitions('shop.orders')"
                    + " WHERE now() + interval '40 days' >= lower_bound AND now() + interval '40 days' < upper_bound"))
        .containsExactly("t");
  }

  @Test
  void refusesToBePartitionedByAnotherColumn() throws SQLException {
    makeShop();
    execute("ALTER TABLE shop.orders ADD paid_at timestamptz");
    partition("shop.orders", "placed_at", "1 day", "90 days", "");
    assertThatThrownBy(() -> partition("shop.orders", "paid_at", "1 day", "90 days", ""))
        .hasMessageContaining("shop.orders is partitioned by other columns already: placed_at");
  }

  @Test
  void keepsAllThatBelongsToATable() throws SQLException {
    makeShop();
    execute("INSERT INTO shop.orders (customer, placed_at) VALUES (1, '2014-07-01'), (1, now())");
    var definition = definition("shop.orders");
    assertThat(definition).hasSizeGreaterThan(19);

    partition("shop.orders", "placed_at", "1 day", "90 days", "");

    assertThat(definition("shop.orders")).isEqualTo(definition);
    execute("INSERT INTO shop.orders (customer, placed_at) VALUES (1, '2026-11-20')");
    assertThat(rows("SELECT id, ticket, twice, changed FROM shop.orders ORDER BY id"))
        .containsExactly("1, 1, 2, t", "2, 2, 4, t", "3, 3, 6, t");
    assertThat(rows("SELECT n FROM shop.busy")).containsExactly("3");
    assertThatThrownBy(
            () -> execute("INSERT INTO shop.orders (customer, placed_at) VALUES (2, now())"))
        .hasMessageContaining("orders_customer_fkey");
    assertThatThrownBy(
            () -> execute("INSERT INTO shop.orders (customer, placed_at) VALUES (1, NULL)"))
        .hasMessageContaining("null");
  }

  @Test
  void cutsByDateToo() throws SQLException {
    makeShop();
    execute("CREATE TABLE shop.days (day date, n int, PRIMARY KEY (day))");
    execute("INSERT INTO shop.days VALUES ('2014-07-01', 1), (current_date, 2)");
    partition("shop.days", "day", "1 month", "5 years", "");
    execute("INSERT INTO shop.days VALUES (current_date + 7, 3), ('2014-07-02', 4)");
    assertThat(rows("SELECT n FROM shop.days ORDER BY n")).containsExactly("1", "2", "3", "4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALTER TABLE shop.orders ADD UNIQUE (ticket) | 1 day | orders_ticket_key does not contain placed_at",
        "CREATE TABLE shop.lines (id int, at timestamptz, FOREIGN KEY (id, at) REFERENCES shop.orders) | 1 day | a foreign key refers to it",
        "CREATE MATERIALIZED VIEW shop.m AS SELECT * FROM shop.orders | 1 day | a materialized view reads it",
        "ALTER TABLE shop.orders RENAME placed_at TO bought_at | 1 day | no column placed_at",
        "SELECT 1 | 5 hours | not a number of hours that divides a day",
        "SELECT 1 | 10 minutes | shorter than an hour",
        "SELECT 1 | 36 hours | neither whole days nor whole months",
        "SELECT 1 | 1 month 3 days | months and days mixed",
      })
  void refusesWhatItCannotDoInFull(String change, String interval, String problem)
      throws SQLException {
    makeShop();
    execute(change);
    assertThatThrownBy(() -> partition("shop.orders", "placed_at", interval, "90 days", ""))
        .hasMessageContaining("shop.orders")
        .hasMessageContaining(problem);
  }

  /**
   * Everything but the folder of the pipeline itself, as before there was anything to partition.
   */
  private void migrateDomainsAlone() {
    Flyway.configure()
        .dataSource(database)
        .locations(
            "classpath:db/migration/audio",
            "classpath:db/migration/network",
            "classpath:db/migration/hub",
            "classpath:db/migration/camera",
            "classpath:db/migration/insight")
        .schemas("millrace")
        .table("schema_history")
        .target("060")
        .load()
        .migrate();
  }

  /** A table with one of everything a table may have. */
  void makeShop() throws SQLException {
    execute(
        """
        CREATE SCHEMA shop;
        CREATE TABLE shop.customers (id int PRIMARY KEY);
        INSERT INTO shop.customers VALUES (1);
        CREATE TABLE shop.orders (
          id bigint GENERATED ALWAYS AS IDENTITY,
          gone int,
          ticket serial,
          customer int NOT NULL REFERENCES shop.customers ON DELETE RESTRICT,
          "Odd name" text DEFAULT 'x' CHECK ("Odd name" <> ''),
          placed_at timestamptz,
          twice int GENERATED ALWAYS AS (ticket * 2) STORED,
          changed boolean,
          PRIMARY KEY (id, placed_at),
          CONSTRAINT by_ticket UNIQUE NULLS NOT DISTINCT (ticket, "Odd name", placed_at));
        ALTER TABLE shop.orders DROP COLUMN gone;
        CREATE INDEX odd ON shop.orders (lower("Odd name") DESC, placed_at) WHERE customer > 0;
        COMMENT ON TABLE shop.orders IS 'It''s the orders';
        COMMENT ON COLUMN shop.orders.customer IS 'who';
        COMMENT ON INDEX shop.odd IS 'an index';
        COMMENT ON CONSTRAINT by_ticket ON shop.orders IS 'a key';
        CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN NEW.changed := true; RETURN NEW; END';
        CREATE FUNCTION shop.refuse() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN RAISE EXCEPTION ''append only''; END';
        CREATE TRIGGER touch BEFORE INSERT ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.touch();
        CREATE TRIGGER keep BEFORE DELETE ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.refuse();
        GRANT SELECT ON shop.orders TO PUBLIC;
        GRANT UPDATE (changed) ON shop.orders TO pg_monitor WITH GRANT OPTION;
        CREATE VIEW shop.recent WITH (security_barrier = true) AS SELECT * FROM shop.orders;
        CREATE VIEW shop.busy AS SELECT count(*) AS n FROM shop.recent JOIN shop.orders USING (id);
        COMMENT ON VIEW shop.busy IS 'a view of views';
        COMMENT ON COLUMN shop.busy.n IS 'a count';
        GRANT SELECT ON shop.busy TO pg_monitor;
        """);
  }

  /**
   * What the catalogue says of a table and of the views that read it, oids and partitions aside.
   */
  private List<String> definition(String relation) throws SQLException {
    var described = new ArrayList<String>();
    described.addAll(
        rows(
            """
            SELECT attname, format_type(atttypid, atttypmod), attnotnull OR attname = 'placed_at', attidentity,
              attgenerated, attacl, pg_get_expr(adbin, adrelid), col_description(attrelid, attnum),
              pg_get_serial_sequence('%1$s', attname)
            FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
            WHERE attrelid = '%1$s'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
            """
                .formatted(relation)));
    described.addAll(
        rows(
            """
            SELECT replace(pg_get_indexdef(indexrelid), ' ONLY ', ' '), obj_description(indexrelid, 'pg_class')
            FROM pg_index WHERE indrelid = '%s'::regclass ORDER BY 1
            """
                .formatted(relation)));
    described.addAll(
        rows(
            """
            SELECT conname, pg_get_constraintdef(oid), obj_description(oid, 'pg_constraint')
            FROM pg_constraint WHERE conrelid = '%s'::regclass AND contype <> 'n' ORDER BY 1
            """
                .formatted(relation)));
    described.addAll(
        rows(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = '%s'::regclass AND NOT tgisinternal AND tgname <> 'ts_insert_blocker' ORDER BY 1"
                .formatted(relation)));
    described.addAll(
        rows(
            """
            SELECT oid::regclass, relacl, relowner, CASE relkind WHEN 'v' THEN reloptions END,
              obj_description(oid, 'pg_class'), col_description(oid, 1), CASE relkind WHEN 'v' THEN pg_get_viewdef(oid) END
            FROM pg_class
            WHERE relnamespace = '%s'::regnamespace AND relkind IN ('r', 'p', 'v') AND NOT relispartition ORDER BY oid::regclass::text
            """
                .formatted(relation.substring(0, relation.indexOf('.')))));
    return described;
  }

  /** Every row of the tables with rows, as a number each that no row can leave unseen. */
  /** Columns that a later version has added are empty, and left out. */
  private List<String> contents() throws SQLException {
    var contents = new ArrayList<String>();
    for (var table : List.of("camera.system_metrics", "hub.metrics", "insight.anomaly_events")) {
      contents.addAll(
          rows(
              "SELECT '%1$s', count(*), sum(hashtextextended(json_strip_nulls(to_json(t))::text, 0)) FROM %1$s t"
                  .formatted(table)));
    }
    return contents;
  }

  /** The identity of a table, its policy and its partitions. */
  private List<String> shape(String relation) throws SQLException {
    var shape =
        rows("SELECT relation::oid, p FROM millrace.partition_policy p ORDER BY relation::text");
    shape.addAll(rows("SELECT * FROM millrace.partitions('%s')".formatted(relation)));
    return shape;
  }

  void partition(String relation, String time, String interval, String retention, String more)
      throws SQLException {
    execute(
        "SELECT millrace.make_time_partitioned('%s', '%s', '%s', '%s'%s)"
            .formatted(relation, time, interval, retention, more));
  }

  /** Another session; whoever opens it closes it. */
  Connection connect() throws SQLException {
    return database.getConnection();
  }

  void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  List<String> rows(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var found = statement.executeQuery(sql)) {
      var columns = found.getMetaData().getColumnCount();
      var rows = new ArrayList<String>();
      while (found.next()) {
        var values = new ArrayList<String>();
        for (var column = 1; column <= columns; column++) {
          values.add(found.getString(column));
        }
        rows.add(String.join(", ", values));
      }
      return rows;
    }
  }
}
