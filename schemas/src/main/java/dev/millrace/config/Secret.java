package dev.millrace.config;

/** A value that is never printed. */
public record Secret(String value) {

  public static final Secret NONE = new Secret("");

  @Override
  public String toString() {
    return value.isEmpty() ? "(none)" : "(hidden)";
  }
}
