// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import static java.util.Collections.disjoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.PlanSummary;

/**
 * Places the nodes of a plan in layers (Sugiyama, Tagawa and Toda 1981): a node stands one layer
 * right of its last input, edges that cross layers get a place of their own in each, the order in a
 * layer follows the neighbours' mean, and places are then evened out.
 */
final class PlanLayout {

  private static final int SWEEPS = 12;
  private static final double NODE_SPACE = 54;
  private static final double EDGE_SPACE = 16;

  /** A place in a layer: of a node, or of an edge that passes. */
  static final class Place {
    final PlanSummary.@Nullable Node node;
    final int layer;
    final List<Place> before = new ArrayList<>();
    final List<Place> after = new ArrayList<>();
    double y;

    private Place(PlanSummary.@Nullable Node node, int layer) {
      this.node = node;
      this.layer = layer;
    }

    private double space() {
      return node == null ? EDGE_SPACE : NODE_SPACE;
    }
  }

  /** An edge as the places that it runs through; the first and the last are nodes. */
  record Edge(PlanSummary.Node from, PlanSummary.Node to, List<Place> places) {}

  private final List<PlanSummary.Node> nodes;
  private final List<Set<Integer>> inputs = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private final Map<Integer, List<Place>> layers = new TreeMap<>();
  private final List<Edge> edges = new ArrayList<>();

  private PlanLayout(PlanSummary plan) {
    nodes = plan.nodes();
    List<Set<Integer>> named = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      named.add(named(i));
    }
    for (Set<Integer> own : named) {
      Set<Integer> implied = new HashSet<>();
      own.forEach(input -> upstream(input, named, implied));
      Set<Integer> direct = new TreeSet<>(own);
      direct.removeAll(implied);
      inputs.add(direct);
    }
  }

  static PlanLayout of(PlanSummary plan) {
    PlanLayout layout = new PlanLayout(plan);
    layout.layer();
    layout.connect();
    layout.order();
    layout.even();
    return layout;
  }

  /**
   * The nodes that a node reads; where several have the name that it gives, those that serve a
   * recipe of its own.
   */
  private Set<Integer> named(int node) {
    Set<Integer> out = new TreeSet<>();
    for (String input : nodes.get(node).inputs()) {
      List<Integer> same = new ArrayList<>();
      for (int i = 0; i < nodes.size(); i++) {
        if (i != node && nodes.get(i).name().equals(input)) {
          same.add(i);
        }
      }
      for (int i : same) {
        if (same.size() == 1 || !disjoint(nodes.get(i).recipes(), nodes.get(node).recipes())) {
          out.add(i);
        }
      }
    }
    return out;
  }

  private static void upstream(int node, List<Set<Integer>> inputs, Set<Integer> out) {
    for (int input : inputs.get(node)) {
      if (out.add(input)) {
        upstream(input, inputs, out);
      }
    }
  }

  private void layer() {
    int[] depths = new int[nodes.size()];
    // a plan has no cycles; should one ever come here, the rounds still end
    for (int round = 0; round < nodes.size(); round++) {
      for (int i = 0; i < depths.length; i++) {
        for (int input : inputs.get(i)) {
          depths[i] = Math.max(depths[i], Math.min(nodes.size(), depths[input] + 1));
        }
      }
    }
    for (int i = 0; i < depths.length; i++) {
      Place place = new Place(nodes.get(i), depths[i]);
      places.add(place);
      layers.computeIfAbsent(depths[i], d -> new ArrayList<>()).add(place);
    }
  }

  private void connect() {
    for (int i = 0; i < nodes.size(); i++) {
      for (int input : inputs.get(i)) {
        connect(input, i);
      }
    }
  }

  private void connect(int from, int to) {
    Place start = places.get(from);
    Place end = places.get(to);
    if (end.layer <= start.layer) {
      return;
    }
    List<Place> through = new ArrayList<>(List.of(start));
    for (int layer = start.layer + 1; layer < end.layer; layer++) {
      Place passing = new Place(null, layer);
      layers.computeIfAbsent(layer, l -> new ArrayList<>()).add(passing);
      through.add(passing);
    }
    through.add(end);
    for (int i = 1; i < through.size(); i++) {
      through.get(i - 1).after.add(through.get(i));
      through.get(i).before.add(through.get(i - 1));
    }
    edges.add(new Edge(nodes.get(from), nodes.get(to), through));
  }

  private void order() {
    layers.values().forEach(PlanLayout::number);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean forward = sweep % 2 == 0;
      List<List<Place>> all = new ArrayList<>(layers.values());
      for (int i = 0; i < all.size(); i++) {
        List<Place> layer = all.get(forward ? i : all.size() - 1 - i);
        // the sort is stable: equal means keep their order, so the drawing is always the same
        Map<Place, Double> wanted = new HashMap<>();
        layer.forEach(p -> wanted.put(p, mean(forward ? p.before : p.after, p.y)));
        layer.sort(Comparator.comparingDouble(p -> wanted.getOrDefault(p, p.y)));
        number(layer);
      }
    }
  }

  private static void number(List<Place> layer) {
    for (int i = 0; i < layer.size(); i++) {
      layer.get(i).y = (double) i / layer.size();
    }
  }

  private static double mean(List<Place> places, double otherwise) {
    return places.stream().mapToDouble(p -> p.y).average().orElse(otherwise);
  }

  private void even() {
    for (List<Place> layer : layers.values()) {
      double y = 0;
      for (Place place : layer) {
        place.y = y;
        y += place.space();
      }
    }
    for (int sweep = 0; sweep < 4 * SWEEPS; sweep++) {
      List<List<Place>> all = new ArrayList<>(layers.values());
      for (int i = 0; i < all.size(); i++) {
        settle(all.get(sweep % 2 == 0 ? i : all.size() - 1 - i), sweep % 2 == 0);
      }
    }
    double top =
        layers.values().stream().flatMap(List::stream).mapToDouble(p -> p.y).min().orElse(0);
    layers.values().forEach(layer -> layer.forEach(p -> p.y -= top));
  }

  /** Move a layer towards its neighbours; its order stays, so places that want the same keep it. */
  private static void settle(List<Place> layer, boolean forward) {
    double[] wanted = new double[layer.size()];
    double[] space = new double[layer.size()];
    double last = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < wanted.length; i++) {
      Place p = layer.get(i);
      double side = mean(forward ? p.before : p.after, p.y);
      double other = mean(forward ? p.after : p.before, side);
      last = Math.max(last + 1e-6, .7 * side + .3 * other);
      wanted[i] = last;
      space[i] = p.space();
    }
    double[] placed = LabelLayout.apart(wanted, space, -1e9, 1e9);
    for (int i = 0; i < placed.length; i++) {
      layer.get(i).y = placed[i];
    }
  }

  List<Place> nodes() {
    return places;
  }

  List<Edge> edges() {
    return edges;
  }

  int layers() {
    return layers.size();
  }

  double height() {
    return layers.values().stream().flatMap(List::stream).mapToDouble(p -> p.y).max().orElse(0);
  }
}
