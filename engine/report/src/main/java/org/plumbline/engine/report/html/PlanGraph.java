// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.List;
import org.plumbline.engine.report.PlanSummary;

/** The plan as a picture: boxes from left to right, shared ones once. */
final class PlanGraph {

  private static final int BOX = 124;
  private static final int TALL = 36;
  private static final int LANE = 30;
  private static final int TOP = 18;

  private final Page page;
  private final PlanLayout layout;
  private final int all;

  private PlanGraph(Page page, PlanLayout layout) {
    this.page = page;
    this.layout = layout;
    this.all = page.recipes().size();
  }

  static Html draw(Page page, PlanSummary plan) {
    return new PlanGraph(page, PlanLayout.of(plan)).draw();
  }

  private Html draw() {
    Svg svg = new Svg();
    for (PlanLayout.Edge edge : layout.edges()) {
      edge(svg, edge);
    }
    for (PlanLayout.Place place : layout.nodes()) {
      PlanSummary.Node node = place.node;
      if (node != null) {
        node(svg, node, left(place), TOP + place.y);
      }
    }
    int width = layout.layers() * (BOX + LANE) - LANE + 2;
    int height = (int) Math.ceil(TOP + layout.height() + TALL + 8);
    return svg.picture(
        width,
        height,
        "graph",
        "Graph of the plan; the table below holds the same nodes.",
        Html.of(" data-width=\"{}\"", width));
  }

  private static double left(PlanLayout.Place place) {
    return 1 + place.layer * (double) (BOX + LANE);
  }

  private void edge(Svg svg, PlanLayout.Edge edge) {
    StringBuilder d = new StringBuilder();
    List<PlanLayout.Place> places = edge.places();
    for (int i = 0; i + 1 < places.size(); i++) {
      PlanLayout.Place a = places.get(i);
      PlanLayout.Place b = places.get(i + 1);
      double x0 = left(a) + BOX;
      double y0 = middle(a);
      double x1 = left(b);
      double y1 = middle(b);
      String start = i == 0 ? "M" + at(x0, y0) : "L" + at(x0, y0);
      double bend = (x1 - x0) / 2;
      d.append(start);
      d.append("C").append(at(x0 + bend, y0)).append(' ');
      d.append(at(x1 - bend, y1)).append(' ').append(at(x1, y1));
    }
    boolean reused = isReused(edge.to());
    svg.path("edge" + (reused ? " reused" : "") + users(edge.to(), edge.from()), d.toString());
  }

  private static double middle(PlanLayout.Place place) {
    return TOP + place.y + TALL / 2.0;
  }

  private static String at(double x, double y) {
    return Path.at(x) + " " + Path.at(y);
  }

  static boolean isReused(PlanSummary.Node node) {
    return node.reused() >= node.seeds();
  }

  /** Classes of the recipes that need both ends. */
  private String users(PlanSummary.Node node, PlanSummary.Node other) {
    StringBuilder out = new StringBuilder();
    for (String recipe : node.recipes()) {
      if (page.looks().has(recipe) && other.recipes().contains(recipe)) {
        out.append(" u-").append(page.look(recipe).index());
      }
    }
    return out.toString();
  }

  private void node(Svg svg, PlanSummary.Node node, double x, double y) {
    boolean policy = page.looks().has(node.name());
    String cls = "node" + (isReused(node) ? " reused" : "") + users(node, node);
    svg.add(
        Html.of(
            "<g class=\"{}\"{}><title>{}</title>",
            cls,
            policy ? Html.of(" data-r=\"{}\"", page.look(node.name()).index()) : Html.NONE,
            title(node)));
    svg.box("box", x, y, BOX, TALL);
    double indent = 8;
    if (policy) {
      svg.mark(page.look(node.name()), x + 11, y + 12.5, 9);
      indent = 19;
    }
    svg.text("name", x + indent, y + 15, TextFormat.brief(node.name(), policy ? 15 : 17));
    svg.text("action", x + 8, y + 29, action(node));
    int in = node.recipes().size();
    if (in > 1 && in < all) {
      svg.text("action", x + BOX - 3, y - 4, "in " + in, Svg.Anchor.END);
    }
    svg.end();
  }

  private String title(PlanSummary.Node node) {
    return node.name()
        + ": "
        + node.operation()
        + ", "
        + action(node)
        + "; in "
        + node.recipes().size()
        + " of "
        + TextFormat.count(all, "recipe", "recipes");
  }

  /** {@code run 3 × 0:12}: what was done, for how many seeds, and how long each took. */
  private static String action(PlanSummary.Node node) {
    String what = isReused(node) ? "reuse" : node.reused() > 0 ? "partly run" : "run";
    int seeds = Math.max(1, node.seeds());
    String each = TextFormat.clock(node.seconds() / seeds);
    return what + " " + (seeds > 1 ? seeds + TextFormat.THIN + "×" + TextFormat.THIN : "") + each;
  }
}
