package dev.millrace.tables.generator;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Constants;

/**
 * A hash of all that decides what the classes look like: the migrations, this generator and the
 * version of jOOQ. The same whether they come from folders or from jars.
 */
final class Fingerprint {
  private static final List<String> FOLDERS =
      List.of("db/migration", Fingerprint.class.getPackageName().replace('.', '/'));

  private Fingerprint() {}

  /** The hash of what this class path has. */
  static String of(ClassLoader classPath) throws IOException {
    var files = new TreeMap<String, byte[]>();
    for (var folder : FOLDERS) {
      for (var root : Collections.list(classPath.getResources(folder))) {
        collect(root, folder, files);
      }
    }
    if (files.keySet().stream().noneMatch(name -> name.endsWith(".sql"))) {
      throw new IllegalStateException(
          "there are no migrations under db/migration on the class path; build the module schemas first");
    }
    return hash(files);
  }

  private static void collect(URL root, String folder, SortedMap<String, byte[]> files)
      throws IOException {
    if (root.openConnection() instanceof JarURLConnection jar) {
      try (var content = FileSystems.newFileSystem(path(jar.getJarFileURL()))) {
        collect(content.getPath(folder), folder, files);
      }
    } else {
      collect(path(root), folder, files);
    }
  }

  private static void collect(Path root, String folder, SortedMap<String, byte[]> files)
      throws IOException {
    try (var tree = Files.walk(root)) {
      for (var file : tree.filter(Files::isRegularFile).toList()) {
        var name = folder + "/" + root.relativize(file).toString().replace('\\', '/');
        files.put(name, Files.readAllBytes(file));
      }
    }
  }

  private static Path path(URL url) throws IOException {
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException malformed) {
      throw new IOException("not a path: " + url, malformed);
    }
  }

  private static String hash(SortedMap<String, byte[]> files) {
    var digest = sha256();
    add(digest, Constants.FULL_VERSION.getBytes(StandardCharsets.UTF_8));
    files.forEach(
        (name, content) -> {
          add(digest, name.getBytes(StandardCharsets.UTF_8));
          add(digest, content);
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  /** With its length in front, so that no two lists of parts give the same bytes. */
  private static void add(MessageDigest digest, byte[] part) {
    digest.update((part.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(part);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }
}
