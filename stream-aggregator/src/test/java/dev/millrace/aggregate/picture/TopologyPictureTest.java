package dev.millrace.aggregate.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aggregate.AggregationTopology;
import dev.millrace.aggregate.AggregatorConfig;
import dev.millrace.catalog.Millrace;
import dev.millrace.config.Settings;
import dev.millrace.schema.wire.ConfluentSchemaRegistry;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class TopologyPictureTest {
  private static final Path PAGE = Path.of("../docs/topology.svg");

  private final TopologyDescription topology =
      new AggregationTopology(
              Millrace.CATALOG,
              AggregatorConfig.from(Settings.of(Map.of())),
              new ConfluentSchemaRegistry("mock://picture", Map.of()))
          .get()
          .describe();

  @Test
  void everyTopicAndStoreIsInThePictureAndEveryArrow()
      throws ParserConfigurationException, IOException, SAXException {
    var svg = TopologyPicture.of(topology);
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    var nodes = topology.subtopologies().stream().flatMap(band -> band.nodes().stream()).toList();
    var arrows = nodes.stream().mapToInt(node -> node.successors().size()).sum();
    assertThat(document.getElementsByTagName("path").getLength())
        .isEqualTo(1 + arrows + topology.globalStores().size());
    assertThat(svg).contains(">network.devices<", "network.interface-readings-readings");
    Millrace.CATALOG
        .folded()
        .forEach(
            type -> assertThat(svg).contains(">" + type.topic() + "<", type.topic() + ".late"));
  }

  @Test
  void thePictureInTheDocumentationIsOfTheTopologyAsItIs() throws IOException {
    var svg = TopologyPicture.of(topology);
    if (Boolean.getBoolean("millrace.docs.write")) {
      Files.writeString(PAGE, svg);
    }
    assertThat(Files.readString(PAGE))
        .as("run this test with -Dmillrace.docs.write=true to draw it again")
        .isEqualTo(svg);
  }
}
