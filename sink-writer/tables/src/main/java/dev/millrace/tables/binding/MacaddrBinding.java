package dev.millrace.tables.binding;

/** A MAC address, as in {@code ac:cc:8e:00:00:01}. */
public final class MacaddrBinding extends TextBinding<Object> {
  private static final long serialVersionUID = 1L;

  public MacaddrBinding() {
    super(Object.class, "macaddr");
  }
}
