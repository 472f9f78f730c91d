package dev.millrace.aggregate;

import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Lets a failure while processing fail the task, as Kafka Streams does by default, but leaves it to
 * {@link WorkerFailures} to tell of it, once. Made by Kafka Streams, by name.
 */
public final class FailTask implements ProcessingExceptionHandler {

  @Override
  public Response handleError(
      ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
    return Response.fail();
  }

  @Override
  public void configure(Map<String, ?> configs) {}
}
