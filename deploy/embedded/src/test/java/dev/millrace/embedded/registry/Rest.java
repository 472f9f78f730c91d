package dev.millrace.embedded.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Speaks to a registry as any HTTP client does. */
record Rest(String url) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What came back. */
  record Answer(int status, String contentType, JsonNode body) {
    int errorCode() {
      return body.path("error_code").asInt();
    }
  }

  Answer get(String path) throws IOException, InterruptedException {
    return call("GET", path, "");
  }

  Answer post(String path, Object body) throws IOException, InterruptedException {
    return call("POST", path, JSON.writeValueAsString(body));
  }

  Answer put(String path, Object body) throws IOException, InterruptedException {
    return call("PUT", path, JSON.writeValueAsString(body));
  }

  /** Registers a schema under a subject. */
  Answer register(String subject, String schema) throws IOException, InterruptedException {
    return post("/subjects/" + subject + "/versions", Map.of("schema", schema));
  }

  Answer call(String method, String path, String body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
    var type = response.headers().firstValue("Content-Type").orElse("");
    return new Answer(response.statusCode(), type, JSON.readTree(response.body()));
  }
}
