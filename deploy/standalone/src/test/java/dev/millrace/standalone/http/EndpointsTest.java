package dev.millrace.standalone.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.failure.Health;
import dev.millrace.failure.Health.State;
import dev.millrace.failure.MillraceException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointsTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final AtomicReference<Health> health = new AtomicReference<>(Health.of(State.RUNNING));
  private final Endpoints endpoints =
      Endpoints.open(ListenAddress.parse("0").orElseThrow(), () -> "# meters\n", health::get);

  @AfterEach
  void close() {
    endpoints.close();
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, 200, 200",
    "DEGRADED, 200, 200",
    "WAITING, 200, 503",
    "STOPPED, 200, 503",
    "FAILED, 503, 503"
  })
  void saysWhetherToLeaveItRunningAndWhetherItDoesItsWork(State state, int live, int ready)
      throws Exception {
    health.set(Health.of(state, "the \"why\""));
    assertThat(get("/health/live").statusCode()).isEqualTo(live);
    var answer = get("/health/ready");
    assertThat(answer.statusCode()).isEqualTo(ready);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body().strip())
        .isEqualTo("{\"state\":\"%s\",\"reasons\":[\"the \\\"why\\\"\"]}".formatted(state));
  }

  @Test
  void servesMetersAsPrometheusReadsThem() throws Exception {
    var answer = get("/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body()).isEqualTo("# meters\n");
  }

  @Test
  void isToBeReadOnly() throws Exception {
    for (var method : new String[] {"POST", "PUT", "DELETE", "OPTIONS"}) {
      var answer = send(method, "/metrics");
      assertThat(answer.statusCode()).as(method).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }
    var head = send("HEAD", "/health/ready");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void knowsNoOtherPath() throws Exception {
    for (var path :
        new String[] {"/", "/metrics/", "/health", "/health/ready/x", "/../etc/passwd"}) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(get("/").body()).contains("/health/live, /health/ready, /metrics");
  }

  /** What went wrong may be anything: it is for the log, not for whoever can reach the port. */
  @Test
  void tellsAClientNothingOfWhatFailsInside() throws Exception {
    health.set(null);
    var answer = get("/health/ready");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("failed; see the log\n");
  }

  @Test
  void namesAPortThatIsTaken() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var address = new ListenAddress("127.0.0.1", taken.getLocalPort());
      assertThatThrownBy(() -> Endpoints.open(address, () -> "", health::get))
          .isInstanceOfSatisfying(
              MillraceException.class,
              failed -> assertThat(failed.code()).isEqualTo(HttpFailure.CANNOT_LISTEN))
          .hasMessageContaining("cannot listen on " + address)
          .hasMessageContaining("http.listen");
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path);
  }

  private HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(endpoints.url() + path))
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }
}
