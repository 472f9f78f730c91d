package dev.millrace.embedded.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between HTTP and {@link RegistryApi}: finds the route, reads and writes JSON, turns refusals into
 * Confluent's error bodies. Called by the server's threads.
 */
final class RegistryHandler implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryHandler.class);
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int BODY_LIMIT_BYTES = 4 * 1024 * 1024;
  private static final int INTERNAL_ERROR = 50_001;

  private final ObjectMapper json = new ObjectMapper();
  private final List<Route> routes;

  RegistryHandler(List<Route> routes) {
    this.routes = routes;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        respond(exchange, 200, answer(exchange));
      } catch (RegistryRefusal refused) {
        respond(exchange, refused.httpStatus(), error(refused.code(), refused.getMessage()));
      } catch (RuntimeException failed) {
        LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), failed);
        respond(exchange, 500, error(INTERNAL_ERROR, String.valueOf(failed.getMessage())));
      }
    }
  }

  private Object answer(HttpExchange exchange) throws IOException {
    var method = exchange.getRequestMethod();
    var uri = exchange.getRequestURI();
    var path = Route.segments(uri.getRawPath()).stream().map(RegistryHandler::decode).toList();
    var onPath = routes.stream().filter(route -> route.match(path).isPresent()).toList();
    if (onPath.isEmpty()) {
      throw RegistryRefusal.noSuchCall(uri.getPath());
    }
    var route =
        onPath.stream()
            .filter(candidate -> candidate.method().equals(method))
            .findFirst()
            .orElseThrow(() -> RegistryRefusal.noSuchMethod(method, uri.getPath()));
    var query = Optional.ofNullable(uri.getRawQuery()).orElse("");
    return route.call().answer(new Request(route.match(path).orElseThrow(), query, body(exchange)));
  }

  private static String decode(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private JsonNode body(HttpExchange exchange) throws IOException {
    var bytes = exchange.getRequestBody().readNBytes(BODY_LIMIT_BYTES + 1);
    if (bytes.length > BODY_LIMIT_BYTES) {
      throw RegistryRefusal.badRequest("the body is longer than " + BODY_LIMIT_BYTES + " bytes");
    }
    try {
      return json.readTree(bytes);
    } catch (JsonProcessingException notJson) {
      throw RegistryRefusal.badRequest("the body is not JSON: " + notJson.getOriginalMessage());
    }
  }

  private static Map<String, Object> error(int code, String message) {
    return Map.of("error_code", code, "message", message);
  }

  private void respond(HttpExchange exchange, int status, Object body) throws IOException {
    var bytes = json.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
