package dev.millrace.bench.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.PlatformManagedObject;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Looks into another JVM of this user, by its process id. Each look at the heap makes it collect
 * its garbage first: what is left is what it holds on to. One thread.
 */
final class JvmProbe implements AutoCloseable {
  private static final String RESIDENT = "VmRSS:";
  private static final String DIRECT = "direct";
  private static final long KIB = 1_024;

  private final long processId;
  private final JMXConnector connector;
  private final MBeanServerConnection beans;

  private JvmProbe(long processId, JMXConnector connector) throws IOException {
    this.processId = processId;
    this.connector = connector;
    this.beans = connector.getMBeanServerConnection();
  }

  @SuppressWarnings(
      "BanJNDI") // The address is what our own child has just told us, of this machine.
  static JvmProbe attach(long processId) throws IOException {
    try {
      var machine = VirtualMachine.attach(Long.toString(processId));
      try {
        var address = new JMXServiceURL(machine.startLocalManagementAgent());
        return new JvmProbe(processId, JMXConnectorFactory.connect(address));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException refused) {
      throw new IOException("process " + processId + " is no JVM to look into", refused);
    }
  }

  /** What it takes now; the heap after a collection. */
  Footprint footprint() throws IOException {
    return new Footprint(heapBytes(), residentBytes(), offHeapBytes(), openFiles());
  }

  private long heapBytes() throws IOException {
    var memory = bean(MemoryMXBean.class);
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  /** What the JVM keeps beside its heap, and Java's direct buffers. */
  private long offHeapBytes() throws IOException {
    var buffers =
        ManagementFactory.getPlatformMXBeans(beans, BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals(DIRECT))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return buffers + bean(MemoryMXBean.class).getNonHeapMemoryUsage().getUsed();
  }

  /** Files and sockets it has open; 0 where the system does not tell. */
  private long openFiles() throws IOException {
    var system = ManagementFactory.getPlatformMXBean(beans, UnixOperatingSystemMXBean.class);
    return system == null ? 0 : system.getOpenFileDescriptorCount();
  }

  /** Bytes of memory the process has; 0 where there is no {@code /proc}. */
  private long residentBytes() throws IOException {
    var status = Path.of("/proc", Long.toString(processId), "status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith(RESIDENT))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
          .findFirst()
          .orElse(0);
    }
  }

  private <T extends PlatformManagedObject> T bean(Class<T> type) throws IOException {
    return ManagementFactory.getPlatformMXBean(beans, type);
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
