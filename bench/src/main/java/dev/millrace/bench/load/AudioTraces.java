package dev.millrace.bench.load;

import dev.millrace.schema.RecordType;
import dev.millrace.schema.audio.AudioRecords;
import dev.millrace.schema.audio.Trace;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;

/** The calls themselves. */
public final class AudioTraces implements GeneratedTable {
  private static final int EXTENSIONS = 500;

  private final Calls calls;

  public AudioTraces(Calls calls) {
    this.calls = calls;
  }

  @Override
  public RecordType type() {
    return AudioRecords.TRACES;
  }

  @Override
  public long rows() {
    return calls.all().size();
  }

  @Override
  public TimeSpan span() {
    return calls.span();
  }

  @Override
  public int batches() {
    return 1;
  }

  @Override
  public void generate(int batch, Consumer<IndexedRecord> out) {
    var trace = new GenericData.Record(Trace.getClassSchema());
    for (var call : calls.all()) {
      trace.put("trace_id", new Utf8(call.traceId()));
      trace.put("started_at", micros(call.started()));
      trace.put("ended_at", micros(call.ended()));
      trace.put("src_extension", Integer.toString(call.stations().get(0) % EXTENSIONS));
      trace.put("dst_extension", Integer.toString(call.stations().get(1) % EXTENSIONS));
      trace.put("call_id", call.traceId());
      out.accept(trace);
    }
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }
}
