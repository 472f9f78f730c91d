package dev.millrace.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name somebody probably meant, by edit distance (Levenshtein). */
public final class Nearest {

  private Nearest() {}

  /** {@code ", did you mean 'x'?"}, or nothing where no candidate is close. */
  public static String suggestion(String word, Collection<String> candidates) {
    return find(word, candidates).map(near -> ", did you mean '" + near + "'?").orElse("");
  }

  /** The closest candidate, if at most a third of the word (and at least two letters) differs. */
  public static Optional<String> find(String word, Collection<String> candidates) {
    var bound = Math.max(2, word.length() / 3);
    return candidates.stream()
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .filter(candidate -> distance(word, candidate) <= bound);
  }

  static int distance(String a, String b) {
    var row = new int[b.length() + 1];
    for (var j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (var i = 1; i <= a.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j <= b.length(); j++) {
        var substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
