package dev.millrace.sink.encode;

import java.util.Collection;
import java.util.Objects;

/** A one-dimensional array; null elements are kept. */
final class ArrayPlan implements EncodePlan {
  private final EncodePlan element;
  private final int elementOid;

  ArrayPlan(EncodePlan element, int elementOid) {
    this.element = element;
    this.elementOid = elementOid;
  }

  /** Elements are as {@code element} has them; {@code oid} is their type's. */
  static Factory of(Factory element, int oid) {
    return column -> new ArrayPlan(element.of(column), oid);
  }

  @Override
  public void append(Object value, CopyBuffer out) {
    var elements = (Collection<?>) value;
    out.putInt(elements.isEmpty() ? 0 : 1);
    out.putInt(elements.stream().anyMatch(Objects::isNull) ? 1 : 0);
    out.putInt(elementOid);
    if (elements.isEmpty()) {
      return;
    }
    out.putInt(elements.size());
    out.putInt(1);
    elements.forEach(each -> appendElement(each, out));
  }

  private void appendElement(Object value, CopyBuffer out) {
    if (value == null) {
      out.putNull();
      return;
    }
    var begin = out.beginLength();
    element.append(value, out);
    out.endLength(begin);
  }
}
