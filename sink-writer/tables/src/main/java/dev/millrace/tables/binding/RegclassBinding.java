package dev.millrace.tables.binding;

/** A relation by its name, as in {@code network.path_metrics}. */
public final class RegclassBinding extends TextBinding<Object> {
  private static final long serialVersionUID = 1L;

  public RegclassBinding() {
    super(Object.class, "regclass");
  }
}
