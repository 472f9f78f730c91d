package dev.millrace.aggregate.series;

import dev.millrace.aggregate.anomaly.History;
import dev.millrace.aggregate.anomaly.Watch;
import dev.millrace.aggregate.codec.StateReader;
import dev.millrace.aggregate.codec.StateWriter;
import dev.millrace.aggregate.residual.ResidualWindow;
import dev.millrace.aggregate.window.Cascade;
import dev.millrace.aggregate.window.SeriesWindows;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * A series as bytes. Its first part begins with a version, whether it is quiet and when it last
 * arrived (readable without the rest), then who it is and its incident; the open windows of the
 * finest tier follow, and other windows have parts of their own. Dimensions and labels are kept
 * without their names: what was kept with others is refused. Pure; safe for use by several threads.
 */
final class SeriesCodec implements StateCodec<SeriesState> {
  private static final int VERSION = 4;

  /** What is known of the series' past, after the parts of its windows: what often changes. */
  private static final int HISTORY = SeriesWindows.PARTS;

  /** And what seldom does. */
  private static final int MEMORY = HISTORY + 1;

  private static final int PARTS = MEMORY + 1;

  private final Cascade cascade;
  private final long layout;

  SeriesCodec(Schema identitySchema, Cascade cascade) {
    this.cascade = cascade;
    var fields = SchemaNormalization.parsingFingerprint64(identitySchema);
    this.layout = cascade.percentiles() ? fields : ~fields;
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
  public int parts() {
    return PARTS;
  }

  /** The head says when the series last arrived, and is written for each sample. */
  @Override
  public int changed(SeriesState state) {
    var windows = 1 << SeriesWindows.OPEN | state.windows().changed();
    return windows | state.knownHistory().map(SeriesCodec::changed).orElse(0);
  }

  private static int changed(History history) {
    return (history.changed() ? 1 << HISTORY : 0) | (history.memoryChanged() ? 1 << MEMORY : 0);
  }

  @Override
  public void encode(SeriesState state, int part, StateWriter out) {
    switch (part) {
      case HISTORY -> {
        state.history().encode(out);
        state.residuals().encode(out);
      }
      case MEMORY -> state.history().encodeMemory(out);
      default -> {
        if (part == SeriesWindows.OPEN) {
          encodeHead(state, out);
        }
        state.windows().encode(part, out);
      }
    }
  }

  private void encodeHead(SeriesState state, StateWriter out) {
    out.writeByte(VERSION);
    out.writeBoolean(state.quiet());
    out.writeFixedLong(state.arrivalMs());
    out.writeFixedLong(layout);
    out.writeUnsigned(state.measure());
    out.writeBytes(state.metric());
    out.writeBytes(state.identity());
    state.watch().encode(out);
  }

  @Override
  public SeriesState decode(StateReader[] parts) {
    var in = parts[SeriesWindows.OPEN];
    var head = head(in);
    requireLayout(in.readFixedLong());
    var measure = in.readInt();
    var metric = in.readBytes();
    var who = in.readBytes();
    var watch = Watch.decode(in);
    var windows = SeriesWindows.decode(parts, cascade);
    var state = new SeriesState(measure, metric, who, windows, watch);
    if (parts[HISTORY] != null) {
      var history = History.decode(parts[HISTORY], parts[MEMORY]);
      state.judgedSoFar(history, ResidualWindow.decode(parts[HISTORY]));
    }
    state.arrived(head.arrivalMs());
    return state;
  }

  private void requireLayout(long kept) {
    if (kept != layout) {
      throw new IllegalStateException(
          "a series was kept with other dimensions or labels than its type has now, or without"
              + " percentiles, or with them;"
              + " reset the application");
    }
  }
}
