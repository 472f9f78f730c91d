package dev.millrace.producer;

import dev.millrace.failure.FailureCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a publisher tells, all topics together. */
final class CountingMetrics implements PublisherMetrics {
  final AtomicInteger accepted = new AtomicInteger();
  final AtomicInteger acknowledged = new AtomicInteger();
  final List<String> failed = new ArrayList<>();
  final List<String> rejected = new ArrayList<>();

  @Override
  public void accepted(String topic) {
    accepted.incrementAndGet();
  }

  @Override
  public void acknowledged(String topic, int bytes, long nanos) {
    acknowledged.incrementAndGet();
  }

  @Override
  public void failed(String topic, FailureCode code) {
    failed.add(topic + " " + code.name());
  }

  @Override
  public void rejected(String topic, FailureCode code) {
    rejected.add(topic + " " + code.name());
  }
}
