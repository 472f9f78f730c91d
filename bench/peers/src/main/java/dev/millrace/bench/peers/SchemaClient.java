package dev.millrace.bench.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.apache.avro.Schema;
import org.apache.kafka.connect.errors.DataException;

/** Asks a schema registry for the schema of an id. */
final class SchemaClient {
  private static final int OK = 200;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final String url;

  SchemaClient(String url) {
    this.url = url;
  }

  Schema byId(int id) {
    var request = HttpRequest.newBuilder(URI.create(url + "/schemas/ids/" + id)).build();
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != OK) {
        throw new DataException("schema " + id + ": the registry answers " + answer.body());
      }
      return new Schema.Parser().parse(json.readTree(answer.body()).get("schema").asText());
    } catch (IOException failed) {
      throw new DataException("schema " + id + ": the registry does not answer", failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new DataException("schema " + id + ": interrupted", stopped);
    }
  }
}
