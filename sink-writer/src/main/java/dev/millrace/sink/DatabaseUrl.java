package dev.millrace.sink;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A database's address, taken apart: as JDBC writes it ({@code jdbc:postgresql://host:5432/name})
 * or as libpq does ({@code postgresql://user:password@host:5432/name?sslmode=require}).
 *
 * @param hosts one or more {@code host:port}, comma-separated, as given
 * @param database name of the database, URL-encoded as given
 * @param properties what the query says, user and password included
 */
record DatabaseUrl(String hosts, String database, Map<String, String> properties) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:jdbc:postgresql|postgresql|postgres)://(?:([^@/]*)@)?([^@/?]*)/?([^?]*)(\\?.*)?");

  private static final String PASSWORD = "password";
  private static final String USER = "user";

  DatabaseUrl {
    properties = Map.copyOf(properties);
  }

  /** Takes a URL apart; empty if it is none. */
  static Optional<DatabaseUrl> parse(String url) {
    var match = FORM.matcher(url.strip());
    if (!match.matches() || !isAddress(match.group(2))) {
      return Optional.empty();
    }
    var properties = new LinkedHashMap<String, String>();
    if (match.group(1) != null) {
      readLogin(match.group(1), properties);
    }
    if (match.group(4) != null) {
      readQuery(match.group(4).substring(1), properties);
    }
    return Optional.of(new DatabaseUrl(match.group(2), match.group(3), properties));
  }

  Optional<String> user() {
    return Optional.ofNullable(properties.get(USER));
  }

  Optional<String> password() {
    return Optional.ofNullable(properties.get(PASSWORD));
  }

  /** What the query says beside user and password. */
  Map<String, String> others() {
    var others = new LinkedHashMap<>(properties);
    others.remove(USER);
    others.remove(PASSWORD);
    return others;
  }

  /** The address for JDBC, without user, password or any other property. */
  String jdbc() {
    return "jdbc:postgresql://%s/%s".formatted(hosts, database);
  }

  @Override
  public String toString() {
    return jdbc();
  }

  private static boolean isAddress(String hosts) {
    for (var host : hosts.split(",", -1)) {
      try {
        if (new URI("postgresql://" + host).getHost() == null) {
          return false;
        }
      } catch (URISyntaxException noHost) {
        return false;
      }
    }
    return true;
  }

  private static void readLogin(String login, Map<String, String> properties) {
    var colon = login.indexOf(':');
    properties.put(USER, decode(colon < 0 ? login : login.substring(0, colon)));
    if (colon >= 0) {
      properties.put(PASSWORD, decode(login.substring(colon + 1)));
    }
  }

  private static void readQuery(String query, Map<String, String> properties) {
    for (var pair : query.split("&", -1)) {
      var equals = pair.indexOf('=');
      if (equals > 0) {
        properties.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
