package dev.millrace.aggregate.rules;

import dev.millrace.aggregate.AggregatorFailure;
import dev.millrace.aggregate.DetectionConfig;
import dev.millrace.config.Settings;
import dev.millrace.failure.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link DetectionRules} of a file, read again when it has changed. A file that cannot be read,
 * or not be understood, changes nothing: it is logged, and what held goes on holding. Looks at the
 * file at most every ten seconds. Safe for use by several threads.
 */
public final class RulesFile {
  private static final Logger LOG = LoggerFactory.getLogger(RulesFile.class);
  private static final long LOOK_EVERY_MS = 10_000;

  private final Settings base;
  private final Optional<Path> file;
  private volatile DetectionRules current;
  private FileTime read = FileTime.fromMillis(0);
  private long lookedMs = Long.MIN_VALUE;

  /**
   * Reads the file for the first time.
   *
   * @param base what holds for all metrics
   * @throws MillraceException {@link AggregatorFailure#INVALID_RULES}
   */
  public RulesFile(Settings base, Optional<Path> file) {
    this.base = base;
    this.file = file;
    this.current = new DetectionRules(DetectionConfig.from(base));
    file.ifPresent(this::readFirst);
  }

  private void readFirst(Path path) {
    try {
      reread(path);
    } catch (IOException | IllegalArgumentException | MillraceException failed) {
      throw new MillraceException(
          AggregatorFailure.INVALID_RULES,
          "the detection rules in %s cannot be used: %s".formatted(path, failed.getMessage()),
          failed);
    }
  }

  private void reread(Path path) throws IOException {
    var changed = Files.getLastModifiedTime(path);
    if (!changed.equals(read)) {
      read = changed;
      current = RulesReader.read(base, Settings.readFile(path));
    }
  }

  /** The rules that hold. */
  public DetectionRules current() {
    return current;
  }

  /** Looks whether the file has changed. */
  public void look(long nowMs) {
    file.ifPresent(path -> look(path, nowMs));
  }

  private synchronized void look(Path path, long nowMs) {
    if (lookedMs != Long.MIN_VALUE && nowMs - lookedMs < LOOK_EVERY_MS) {
      return;
    }
    lookedMs = nowMs;
    var before = current;
    try {
      reread(path);
      if (current != before) {
        LOG.info("detection rules were read again from {}", path);
      }
    } catch (IOException | IllegalArgumentException | MillraceException failed) {
      LOG.error(
          "{}: the detection rules in {} cannot be used, those before hold on: {}",
          AggregatorFailure.INVALID_RULES,
          path,
          failed.getMessage());
    }
  }
}
