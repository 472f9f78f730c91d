package dev.millrace.aggregate.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;

/**
 * A topology as an SVG: a band a sub-topology, from the topics it reads on the left by its
 * processors, with their stores, to the topics it writes on the right. The same topology, the same
 * picture.
 */
public final class TopologyPicture {
  private static final int WIDTH = 1_430;
  private static final int COLUMN = 430;
  private static final int MARGIN = 20;
  private static final int GAP = 50;
  private static final int ROW = 8;
  private static final int HEADING = 26;

  private final Svg svg = new Svg(WIDTH);
  private final Map<String, Svg.Box> boxes = new HashMap<>();
  private int top = MARGIN;

  private TopologyPicture() {}

  /** Draws it. */
  public static String of(TopologyDescription topology) {
    var picture = new TopologyPicture();
    topology.globalStores().stream()
        .sorted(Comparator.comparing(global -> global.source().name()))
        .forEach(
            global ->
                picture.band(
                    "in every process: " + names(global.source()),
                    List.of(global.source(), global.processor())));
    topology.subtopologies().stream()
        .sorted(Comparator.comparingInt(TopologyDescription.Subtopology::id))
        .forEach(band -> picture.band("sub-topology " + band.id(), List.copyOf(band.nodes())));
    return picture.svg.toString();
  }

  private void band(String heading, List<Node> nodes) {
    svg.heading(MARGIN, top + ROW, heading);
    var begin = top + HEADING;
    var sorted = nodes.stream().sorted(Comparator.comparing(Node::name)).toList();
    column(0, begin, sorted.stream().filter(Source.class::isInstance).toList());
    column(1, begin, sorted.stream().filter(Processor.class::isInstance).toList());
    column(2, begin, sorted.stream().filter(Sink.class::isInstance).toList());
    for (var node : sorted) {
      node.successors().stream()
          .sorted(Comparator.comparing(Node::name))
          .forEach(next -> svg.arrow(boxes.get(node.name()), boxes.get(next.name())));
    }
    top += HEADING;
  }

  private void column(int column, int begin, List<Node> nodes) {
    var y = begin;
    for (var node : nodes) {
      var x = MARGIN + column * (COLUMN + GAP);
      var box = svg.box(x, y, COLUMN, "", lines(node));
      boxes.put(node.name(), box);
      y += box.height() + ROW;
    }
    top = Math.max(top, y);
  }

  private static List<String> lines(Node node) {
    if (node instanceof Source source) {
      return List.of(names(source));
    }
    if (node instanceof Sink sink) {
      return List.of(sink.topic() == null ? "a topic by record" : sink.topic());
    }
    var lines = new ArrayList<String>();
    lines.add(node.name());
    ((Processor) node).stores().stream().sorted().map(store -> "  " + store).forEach(lines::add);
    return lines;
  }

  private static String names(Source source) {
    return source.topicPattern() == null
        ? String.join(", ", source.topicSet())
        : source.topicPattern().toString();
  }
}
