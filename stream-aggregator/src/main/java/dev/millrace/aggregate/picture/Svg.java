package dev.millrace.aggregate.picture;

import java.util.List;

/** Boxes with lines of text, and arrows, as an SVG that is read on light and on dark paper. */
final class Svg {
  private static final int LINE = 18;
  private static final int PAD = 10;
  private static final String STYLE =
      """
      <style>
        text { font: 12px ui-monospace, monospace; fill: #333 }
        .head { font-weight: bold }
        rect { fill: none; stroke: #888 }
        rect.store { stroke-dasharray: 4 3 }
        path { fill: none; stroke: #888 }
        marker path { fill: #888 }
        @media (prefers-color-scheme: dark) { text { fill: #ddd } }
      </style>
      <defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>
      """;

  private final StringBuilder body = new StringBuilder();
  private final int width;
  private int height;

  Svg(int width) {
    this.width = width;
  }

  /** Pixels from the upper left corner. */
  record Box(int x, int y, int width, int height) {
    int middle() {
      return y + height / 2;
    }
  }

  static int heightOf(int lines) {
    return lines * LINE + PAD;
  }

  /** A box as high as its lines; {@code kind} is a class of the style, or empty. */
  Box box(int x, int y, int boxWidth, String kind, List<String> lines) {
    var box = new Box(x, y, boxWidth, heightOf(lines.size()));
    body.append(
        "<rect%s x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>%n"
            .formatted(
                kind.isEmpty() ? "" : " class=\"" + kind + "\"", x, y, boxWidth, box.height()));
    for (var i = 0; i < lines.size(); i++) {
      text(x + PAD, y + LINE * (i + 1), "", lines.get(i));
    }
    height = Math.max(height, y + box.height() + 2 * PAD);
    return box;
  }

  void heading(int x, int y, String words) {
    text(x, y, "head", words);
  }

  private void text(int x, int y, String kind, String words) {
    body.append(
        "<text%s x=\"%d\" y=\"%d\">%s</text>%n"
            .formatted(
                kind.isEmpty() ? "" : " class=\"" + kind + "\"",
                x,
                y,
                words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")));
  }

  /** From the right side of one box to the left side of another. */
  void arrow(Box from, Box to) {
    var begin = from.x() + from.width();
    var bend = (to.x() - begin) / 2;
    body.append(
        "<path d=\"M%d %d c%d 0 %d %d %d %d\" marker-end=\"url(#tip)\"/>%n"
            .formatted(
                begin,
                from.middle(),
                bend,
                bend,
                to.middle() - from.middle(),
                to.x() - begin,
                to.middle() - from.middle()));
  }

  @Override
  public String toString() {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\">%n%s%s</svg>%n"
        .formatted(width, height, STYLE, body);
  }
}
