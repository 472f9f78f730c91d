package dev.millrace.standalone.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A page a path, to be read only: another path is 404, another method than GET or HEAD is 405. A
 * page that fails is 500 and a line in the log; its message is for the log alone. Called by the
 * server's threads.
 */
final class Pages implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Pages.class);
  private static final String HEAD = "HEAD";
  private static final Set<String> METHODS = Set.of("GET", HEAD);
  private static final int NO_BODY = -1;

  private final Map<String, Supplier<Answer>> pages;

  Pages(Map<String, Supplier<Answer>> pages) {
    this.pages = new TreeMap<>(pages);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var answer = answer(exchange);
      var body = answer.bytes();
      var headers = exchange.getResponseHeaders();
      headers.set("Content-Type", answer.contentType());
      headers.set("Cache-Control", "no-store");
      if (answer.status() == Answer.METHOD_NOT_ALLOWED) {
        headers.set("Allow", "GET, HEAD");
      }
      if (exchange.getRequestMethod().equals(HEAD)) {
        exchange.sendResponseHeaders(answer.status(), NO_BODY);
        return;
      }
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Answer answer(HttpExchange exchange) {
    var page = pages.get(exchange.getRequestURI().getPath());
    if (page == null) {
      return Answer.plain(Answer.NOT_FOUND, "there are " + String.join(", ", pages.keySet()));
    }
    if (!METHODS.contains(exchange.getRequestMethod())) {
      return Answer.plain(Answer.METHOD_NOT_ALLOWED, "this is to be read only");
    }
    try {
      return page.get();
    } catch (RuntimeException failed) {
      LOG.error("{} has failed", exchange.getRequestURI().getPath(), failed);
      return Answer.plain(Answer.FAILED, "failed; see the log");
    }
  }
}
