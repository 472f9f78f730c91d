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
    Texts.write(scope, out);
    out.writeUnsigned(identity.size());
    identity.forEach(text -> Texts.write(text, out));
  }

  public static Whose decode(StateReader in) {
    var scope = Texts.read(in);
    var count = in.readInt();
    var identity = new ArrayList<String>(count);
    for (var i = 0; i < count; i++) {
      identity.add(Texts.read(in));
    }
    return new Whose(scope, identity);
  }
}
