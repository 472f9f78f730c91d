package dev.millrace.aggregate.learn;

import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Whose hours they are.
 *
 * @param scope what the entity is, or its series belong to
 * @param identity texts that name it; empty where there is none
 */
public record Whose(String scope, List<String> identity) {
  /** Of which nothing is known. */
  public static final Whose NOBODY = new Whose("", List.of());

  public Whose {
    identity = List.copyOf(identity);
  }

  public void encode(StateWriter out) {
    out.writeText(scope);
    out.writeUnsigned(identity.size());
    identity.forEach(text -> out.writeText(text));
  }

  public static Whose decode(StateReader in) {
    var scope = in.readText();
    var count = in.readInt();
    var identity = new ArrayList<String>(count);
    for (var i = 0; i < count; i++) {
      identity.add(in.readText());
    }
    return new Whose(scope, identity);
  }
}
