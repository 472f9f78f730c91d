package dev.millrace.aggregate;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.SchemaFailure;
import dev.millrace.schema.wire.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;

/** A registry in memory: ids count up from 1, one a schema; can be told to be away. */
public final class FakeRegistry implements SchemaRegistry {
  private final List<String> schemas = new ArrayList<>();
  private boolean away;

  public synchronized void away(boolean since) {
    away = since;
  }

  @Override
  public synchronized int register(String subject, String schemaJson) {
    requireThere();
    if (!schemas.contains(schemaJson)) {
      schemas.add(schemaJson);
    }
    return schemas.indexOf(schemaJson) + 1;
  }

  @Override
  public synchronized String schemaById(int id) {
    requireThere();
    if (id < 1 || id > schemas.size()) {
      throw new MillraceException(SchemaFailure.UNKNOWN_SCHEMA_ID, "no schema " + id);
    }
    return schemas.get(id - 1);
  }

  @Override
  public void setCompatibility(String subject, String level) {
    throw new UnsupportedOperationException("the aggregator sets no compatibility");
  }

  private void requireThere() {
    if (away) {
      throw new MillraceException(SchemaFailure.REGISTRY_UNAVAILABLE, "the registry is away");
    }
  }
}
