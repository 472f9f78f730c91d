package dev.millrace.embedded.junit;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/**
 * Gives each test class one fixture, as a parameter of its constructor and methods. Nested classes
 * share the fixture of the class around them.
 *
 * @param <F> the type of the fixture, and of the parameter
 */
abstract class ClassFixture<F> implements BeforeAllCallback, ParameterResolver {
  private static final AtomicInteger CLASSES = new AtomicInteger();

  private final Class<F> type;

  ClassFixture(Class<F> type) {
    this.type = type;
  }

  /**
   * Makes the fixture of a class.
   *
   * @param number differs from that of any other fixture of the run
   */
  abstract F create(ExtensionContext testClass, int number);

  @Override
  public void beforeAll(ExtensionContext testClass) {
    store(testClass)
        .computeIfAbsent(type, key -> create(testClass, CLASSES.incrementAndGet()), type);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == type;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return store(context).get(type, type);
  }

  /** What skips the class when thrown; said on standard error as well. */
  static TestAbortedException skipped(ExtensionContext testClass, String why) {
    var reason = testClass.getDisplayName() + ": " + why;
    System.err.println("SKIPPED: " + reason);
    return new TestAbortedException(reason);
  }

  /** A server of one context: closed when that ends. */
  static <S extends AutoCloseable> S own(
      ExtensionContext context, Class<S> server, Supplier<S> start) {
    return store(context).computeIfAbsent(server, key -> start.get(), server);
  }

  private static ExtensionContext.Store store(ExtensionContext context) {
    return context.getStore(Namespace.create(ClassFixture.class));
  }
}
