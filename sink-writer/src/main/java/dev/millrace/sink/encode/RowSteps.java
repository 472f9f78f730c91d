package dev.millrace.sink.encode;

import dev.millrace.failure.MillraceException;
import dev.millrace.schema.wire.AvroCursor;
import dev.millrace.schema.wire.AvroSkips;
import dev.millrace.schema.wire.MalformedAvroException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * The way from the bytes of one writer's schema to a row: a step for each of the writer's fields
 * and for each column that only the reader's default fills. Where the writer has its fields in the
 * order of the columns, which is nearly always, bytes stream through in one pass. Otherwise a first
 * pass notes where each field lies, and a second one takes them in the order of the columns. One
 * thread.
 */
final class RowSteps {
  private static final int NOT_WRITTEN = -1;

  private final FieldPlan[] skips;
  private final FieldPlan[] streamed;
  private final FieldPlan[] byColumn;
  private final int[] sources;
  private final int[] places;
  private final boolean inOrder;
  private final List<String> unknown = new ArrayList<>();

  /**
   * Compiles the steps.
   *
   * @throws MalformedAvroException if no record of this schema can be read
   * @throws MillraceException {@link EncodeFailure#UNSUPPORTED_COLUMN}
   */
  RowSteps(Schema writer, RowPlan row) {
    var resolved = Resolver.resolve(writer, row.schema(), new GenericData());
    if (!(resolved instanceof Resolver.RecordAdjust record)) {
      throw new MalformedAvroException(resolved.toString());
    }
    var skipping = new AvroSkips();
    skips =
        Arrays.stream(record.fieldActions)
            .map(field -> skipping(skipping.of(field.writer)))
            .toArray(FieldPlan[]::new);
    places = new int[skips.length];
    byColumn = new FieldPlan[row.width()];
    sources = new int[row.width()];
    Arrays.fill(sources, NOT_WRITTEN);
    compileWritten(record, row);
    compileDefaults(record, row);
    inOrder = isInOrder();
    streamed = inOrder ? stream() : new FieldPlan[0];
  }

  private static FieldPlan skipping(AvroSkips.Skip skip) {
    return (in, out) -> skip.skip(in);
  }

  private void compileWritten(Resolver.RecordAdjust record, RowPlan row) {
    var read = 0;
    for (var i = 0; i < skips.length; i++) {
      var action = record.fieldActions[i];
      if (action.type == Resolver.Action.Type.SKIP) {
        unknown.add(record.writer.getFields().get(i).name());
        continue;
      }
      var place = row.placeOf(record.readerOrder[read++].name());
      if (place.isPresent()) {
        byColumn[place.get()] =
            FieldPlans.of(action, row.plan(place.get()), row.column(place.get()));
        sources[place.get()] = i;
      }
    }
  }

  private void compileDefaults(Resolver.RecordAdjust record, RowPlan row) {
    for (var i = record.firstDefault; i < record.readerOrder.length; i++) {
      var field = record.readerOrder[i];
      var value = record.defaults[i - record.firstDefault];
      row.placeOf(field.name())
          .ifPresent(
              place ->
                  byColumn[place] =
                      DefaultPlan.of(field.schema(), value, row.plan(place), row.column(place)));
    }
  }

  /** The writer's fields that the reader does not know. */
  List<String> unknown() {
    return List.copyOf(unknown);
  }

  private boolean isInOrder() {
    var last = NOT_WRITTEN;
    for (var source : sources) {
      if (source != NOT_WRITTEN) {
        if (source < last) {
          return false;
        }
        last = source;
      }
    }
    return true;
  }

  private FieldPlan[] stream() {
    List<FieldPlan> steps = new ArrayList<>();
    var next = 0;
    for (var column = 0; column < byColumn.length; column++) {
      for (; next < sources[column]; next++) {
        steps.add(skips[next]);
      }
      steps.add(byColumn[column]);
      next = Math.max(next, sources[column] + 1);
    }
    steps.addAll(Arrays.asList(skips).subList(next, skips.length));
    return steps.toArray(FieldPlan[]::new);
  }

  /** Appends one row; what is appended of it when this fails is the caller's to take back. */
  void append(AvroCursor in, CopyBuffer out) {
    out.putShort(byColumn.length);
    if (inOrder) {
      for (var step : streamed) {
        step.append(in, out);
      }
    } else {
      appendScattered(in, out);
    }
  }

  private void appendScattered(AvroCursor in, CopyBuffer out) {
    locate(in, out);
    var end = in.position();
    for (var column = 0; column < byColumn.length; column++) {
      appendColumn(column, in, out);
    }
    in.moveTo(end);
  }

  private void locate(AvroCursor in, CopyBuffer unused) {
    for (var i = 0; i < skips.length; i++) {
      places[i] = in.position();
      skips[i].append(in, unused);
    }
  }

  private void appendColumn(int column, AvroCursor in, CopyBuffer out) {
    if (sources[column] != NOT_WRITTEN) {
      in.moveTo(places[sources[column]]);
    }
    byColumn[column].append(in, out);
  }

  /**
   * Reads through a record of which a value has been refused: whether the bytes can be read at all.
   *
   * @param scratch what is appended to it means nothing
   * @throws MalformedAvroException if they cannot
   */
  void requireReadable(AvroCursor in, CopyBuffer scratch) {
    locate(in, scratch);
    var end = in.position();
    var begin = scratch.size();
    for (var column = 0; column < byColumn.length; column++) {
      try {
        appendColumn(column, in, scratch);
      } catch (MillraceException unfit) {
        // Known already: this is about the bytes.
        scratch.truncate(begin);
      }
    }
    in.moveTo(end);
  }
}
