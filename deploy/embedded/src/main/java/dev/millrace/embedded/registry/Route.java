package dev.millrace.embedded.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One REST call.
 *
 * @param method HTTP method
 * @param pattern segments of the path; {@code *} takes any segment and hands it to the call
 * @param call what is done
 */
record Route(String method, List<String> pattern, Call call) {
  private static final String ANY = "*";

  /** Answers a request with what becomes the JSON of the response. */
  @FunctionalInterface
  interface Call {
    Object answer(Request request);
  }

  /** Makes a route of a path such as {@code /subjects/{@literal *}/versions}. */
  static Route of(String method, String path, Call call) {
    return new Route(method, segments(path), call);
  }

  static List<String> segments(String path) {
    return List.of(path.split("/")).stream().filter(segment -> !segment.isEmpty()).toList();
  }

  /** What the path holds where the pattern has wildcards, if it fits. */
  Optional<List<String>> match(List<String> path) {
    if (path.size() != pattern.size()) {
      return Optional.empty();
    }
    var taken = new ArrayList<String>();
    for (var i = 0; i < path.size(); i++) {
      if (pattern.get(i).equals(ANY)) {
        taken.add(path.get(i));
      } else if (!pattern.get(i).equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(List.copyOf(taken));
  }
}
