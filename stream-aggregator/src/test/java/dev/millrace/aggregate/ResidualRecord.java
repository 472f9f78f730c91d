package dev.millrace.aggregate;

import dev.millrace.schema.insight.Residual;
import java.time.Instant;
import java.util.Map;

/** Residuals of interfaces, as the fold publishes them. */
final class ResidualRecord {

  private ResidualRecord() {}

  static Residual of(String device, String port, String metric, Instant begin, double sigma) {
    var residual = new Residual();
    residual.setSourceTopic("network.optical-readings");
    residual.setScopeType("interface");
    residual.setEntity(device);
    residual.setPart(port);
    residual.setSeries(Map.of("device_ip", device, "interface_name", port));
    residual.setDeviceIp(device);
    residual.setSiteId(7);
    residual.setInterfaceName(port);
    residual.setMetricName(metric);
    residual.setWindowBegin(begin);
    residual.setWindowMs(300_000L);
    residual.setSamples(60);
    residual.setValue(20 + sigma);
    residual.setExpected(20.0);
    residual.setResidual(sigma);
    residual.setResidualSigma(sigma);
    residual.setValueMin(19 + sigma);
    residual.setValueMax(21 + sigma);
    residual.setValueStddev(0.5);
    return residual;
  }
}
