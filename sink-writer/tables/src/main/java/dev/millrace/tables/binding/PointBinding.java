package dev.millrace.tables.binding;

/** A point, as in {@code (13.4,52.5)}. */
public final class PointBinding extends TextBinding<Object> {
  private static final long serialVersionUID = 1L;

  public PointBinding() {
    super(Object.class, "point");
  }
}
