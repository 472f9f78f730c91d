package dev.millrace.embedded.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.embedded.EmbeddedFailure;
import dev.millrace.failure.MillraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a registry was told, as a file of JSON lines, so that ids outlive the process. A change is
 * on the disk before the caller gets its answer. Safe for use by several threads.
 *
 * <p>A last line without its line end was cut off by a crash, before anyone was answered: it is
 * reported as a warning and removed. Any other line that cannot be read is a failure.
 */
final class RegistryJournal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryJournal.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;
  private final FileChannel file;

  private RegistryJournal(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  /**
   * One change: a registration has all but the compatibility; a setting has that, and a subject
   * unless it is the global one.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Line(String subject, Integer id, String schema, String compatibility) {}

  /**
   * Opens the journal and puts what it holds into the store.
   *
   * @throws MillraceException {@link EmbeddedFailure#UNUSABLE_DATA}
   */
  static RegistryJournal open(Path path, RegistryStore store) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      var file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      var journal = new RegistryJournal(path, file);
      journal.replay(store);
      return journal;
    } catch (IOException unusable) {
      throw unusable(path, unusable.toString(), unusable);
    }
  }

  private void replay(RegistryStore store) throws IOException {
    var bytes = Files.readAllBytes(path);
    var end = endOfLastLine(bytes);
    if (end < bytes.length) {
      var cutOff = new String(bytes, end, bytes.length - end, StandardCharsets.UTF_8);
      LOG.warn("{}: removing a last line that a crash cut off: {}", path, cutOff);
      file.truncate(end);
    }
    file.position(file.size());
    var complete = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end));
    var number = 0;
    for (var line : complete.toString().lines().toList()) {
      apply(line, ++number, store);
    }
  }

  /** Counted in bytes: the crash may have cut a character in two. */
  private static int endOfLastLine(byte[] bytes) {
    var end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private void apply(String text, int number, RegistryStore store) {
    try {
      var line = JSON.readValue(text, Line.class);
      if (line.compatibility() == null) {
        store.restore(line.subject(), line.id(), line.schema());
      } else if (line.subject() == null) {
        store.setGlobalLevel(line.compatibility());
      } else {
        store.setLevel(line.subject(), line.compatibility());
      }
    } catch (JsonProcessingException | RuntimeException bad) {
      throw unusable(path, "line " + number + " is unreadable: " + bad.getMessage(), bad);
    }
  }

  void registered(String subject, int id, String schema) {
    append(new Line(subject, id, schema, null));
  }

  void levelSet(String subject, String level) {
    append(new Line(subject, null, null, level));
  }

  private synchronized void append(Line line) {
    try {
      var bytes =
          ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
      var begin = file.position();
      try {
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        file.force(false);
      } catch (IOException full) {
        // Half a line would spoil the next one.
        file.truncate(begin);
        throw full;
      }
    } catch (IOException unwritable) {
      throw unusable(path, unwritable.toString(), unwritable);
    }
  }

  private static MillraceException unusable(Path path, String why, Exception cause) {
    return new MillraceException(
        EmbeddedFailure.UNUSABLE_DATA,
        "the registry's journal %s cannot be used: %s; mend or remove it (without it, ids begin at 1 again)"
            .formatted(path, why),
        cause);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException failed) {
      throw unusable(path, failed.toString(), failed);
    }
  }
}
