package dev.millrace.embedded.junit;

import dev.millrace.embedded.EmbeddedDatabase;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives a test class a {@link DatabaseFixture}, as a parameter of its constructor or methods: one
 * server a JVM, an empty database a class. Used with {@link ExtendWith}.
 */
public final class DatabaseExtension extends ClassFixture<DatabaseFixture> {

  public DatabaseExtension() {
    super(DatabaseFixture.class);
  }

  @Override
  DatabaseFixture create(ExtensionContext testClass, int number) {
    var database =
        SharedServers.get(
            EmbeddedDatabase.class, EmbeddedDatabase.class, EmbeddedDatabase::temporary);
    return new DatabaseFixture(database.createDatabase("t" + number), database.user());
  }
}
