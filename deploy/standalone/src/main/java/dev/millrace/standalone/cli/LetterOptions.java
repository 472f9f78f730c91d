package dev.millrace.standalone.cli;

import dev.millrace.sink.deadletter.LetterFilter;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which letters are meant. */
final class LetterOptions {
  @Option(
      names = "--code",
      paramLabel = "CODE",
      description = "Only those refused with this code, as `dlq list` shows it.")
  private String code;

  @Option(
      names = "--partition",
      paramLabel = "N",
      description = "Only those whose record was in this partition.")
  private Integer partition;

  @Option(
      names = "--offset",
      paramLabel = "N",
      description = "Only those whose record had this offset.")
  private Long offset;

  LetterFilter filter() {
    return new LetterFilter(
        Optional.ofNullable(code), Optional.ofNullable(partition), Optional.ofNullable(offset));
  }
}
