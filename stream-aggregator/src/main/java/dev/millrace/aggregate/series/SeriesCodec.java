package dev.millrace.aggregate.series;

import dev.millrace.aggregate.anomaly.Watch;
import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.window.Cascade;
import dev.millrace.aggregate.window.SeriesWindows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * A series as bytes: a version, whether it is quiet and when it last arrived (readable without the
 * rest), then who it is, its windows and its incident. Dimensions and labels are kept without their
 * names: what was kept with others is refused. One instance a store.
 */
final class SeriesCodec implements StateCodec<SeriesState> {
  private static final int VERSION = 2;

  private final Cascade cascade;
  private final long layout;
  private final GenericDatumWriter<GenericRecord> writer;
  private final GenericDatumReader<GenericRecord> reader;
  private final ByteArrayOutputStream identity = new ByteArrayOutputStream();
  private BinaryEncoder encoder;
  private BinaryDecoder decoder;

  SeriesCodec(Schema identitySchema, Cascade cascade) {
    this.cascade = cascade;
    this.layout = SchemaNormalization.parsingFingerprint64(identitySchema);
    this.writer = new GenericDatumWriter<>(identitySchema);
    this.reader = new GenericDatumReader<>(identitySchema);
  }

  /** What can be read of a series without decoding it. */
  record Head(boolean quiet, long arrivalMs) {}

  static Head head(StateReader in) {
    var version = in.readByte();
    if (version != VERSION) {
      throw new IllegalStateException(
          "a series was kept in version %d, this reads %d; reset the application"
              .formatted(version, VERSION));
    }
    return new Head(in.readBoolean(), in.readFixedLong());
  }

  @Override
  public void encode(SeriesState state, StateWriter out) {
    out.writeByte(VERSION);
    out.writeBoolean(state.quiet());
    out.writeFixedLong(state.arrivalMs());
    out.writeFixedLong(layout);
    out.writeUnsigned(state.measure());
    out.writeBytes(state.metric().getBytes(StandardCharsets.UTF_8));
    if (state.identityBytes() == null) {
      state.identityBytes(bytesOf(state.identity()));
    }
    out.writeBytes(state.identityBytes());
    state.windows().encode(out);
    state.watch().encode(out);
  }

  @Override
  public SeriesState decode(StateReader in) {
    var head = head(in);
    requireLayout(in.readFixedLong());
    var measure = in.readInt();
    var metric = new String(in.readBytes(), StandardCharsets.UTF_8);
    var who = identityOf(in.readBytes());
    var windows = SeriesWindows.decode(in, cascade);
    var state = new SeriesState(measure, metric, who, windows, Watch.decode(in));
    state.arrived(head.arrivalMs());
    return state;
  }

  private void requireLayout(long kept) {
    if (kept != layout) {
      throw new IllegalStateException(
          "a series was kept with other dimensions or labels than its type has now;"
              + " reset the application");
    }
  }

  private byte[] bytesOf(GenericRecord record) {
    identity.reset();
    encoder = EncoderFactory.get().directBinaryEncoder(identity, encoder);
    try {
      writer.write(record, encoder);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
    return identity.toByteArray();
  }

  private GenericRecord identityOf(byte[] bytes) {
    decoder = DecoderFactory.get().binaryDecoder(bytes, decoder);
    try {
      return reader.read(null, decoder);
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory", impossible);
    }
  }
}
