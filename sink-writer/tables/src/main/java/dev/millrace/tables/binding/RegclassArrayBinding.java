package dev.millrace.tables.binding;

/** Relations by their names, as in <code>{audio.traces,hub.events}</code>. */
public final class RegclassArrayBinding extends TextBinding<Object[]> {
  private static final long serialVersionUID = 1L;

  public RegclassArrayBinding() {
    super(Object[].class, "regclass[]");
  }
}
