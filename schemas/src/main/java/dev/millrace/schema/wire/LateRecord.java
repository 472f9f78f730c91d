package dev.millrace.schema.wire;

import dev.millrace.schema.Tier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Why a record is in the late topic, and what has not counted it: a sample too late for its own
 * window may still be in the longer ones. With it, the books of every tier balance:
 *
 * <pre>samples = counted by the tier's windows + uncounted by the tier</pre>
 *
 * @param reason {@code late}, {@code ahead} or {@code not_finite}
 * @param uncounted by tier, how many numbers of the record its windows have not counted
 */
public record LateRecord(String reason, Map<Tier, Integer> uncounted) {

  /** Header that holds the reason. */
  public static final String REASON = "millrace.reason";

  /** Header that holds what is uncounted, e.g. {@code 5s=2,1m=1}. */
  public static final String UNCOUNTED = "millrace.uncounted";

  /** The headers of the record; values are UTF-8 text. */
  public Map<String, String> headers() {
    var headers = new LinkedHashMap<String, String>();
    headers.put(REASON, reason);
    headers.put(
        UNCOUNTED,
        new TreeMap<>(uncounted)
            .entrySet().stream()
                .map(entry -> entry.getKey().label() + "=" + entry.getValue())
                .collect(Collectors.joining(",")));
    return headers;
  }

  /** Reads one tier's number from the {@link #UNCOUNTED} header; 0 if the tier is not in it. */
  public static int uncounted(String header, Tier tier) {
    for (var entry : header.split(",", -1)) {
      if (entry.startsWith(tier.label() + "=")) {
        return Integer.parseInt(entry.substring(tier.label().length() + 1));
      }
    }
    return 0;
  }
}
