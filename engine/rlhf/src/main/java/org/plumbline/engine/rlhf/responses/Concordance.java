// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.responses;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.responses.Response.Label;
import org.plumbline.engine.rlhf.responses.Response.Mark;
import org.plumbline.engine.rlhf.responses.Response.Marks;
import org.plumbline.engine.rlhf.responses.Response.Ranking;
import org.plumbline.engine.rlhf.responses.Response.Rating;
import org.plumbline.engine.rlhf.responses.Response.Remarks;
import org.plumbline.engine.rlhf.responses.Response.Steps;

/**
 * How often what is said orders two answers as something else does.
 *
 * <p>A ranking orders each two of its answers, a choice the best and each other, and a slider its
 * two. Numbers and classes of single answers are put beside those of the same person's next label:
 * so every label counts once, and how a person uses the scale drops out. Classes stand in the order
 * of the form; {@code other} orders nothing. Steps stand for their mean, marks for their sum, and
 * remarks for the number of changes that they ask for, of which fewer are better.
 */
public final class Concordance {
  private Concordance() {}

  /**
   * Two answers of which one is preferred.
   *
   * @param better the label and the number of the preferred answer in its item
   * @param worse the same of the other
   */
  public record Order(Place better, Place worse) {}

  /** An answer of a label. */
  public record Place(ItemLabel label, int answer) {}

  /** All that labels say about which of two answers is better. */
  public static List<Order> orders(List<ItemLabel> labels) {
    List<Order> orders = new ArrayList<>();
    Map<String, ItemLabel> last = new HashMap<>();
    for (ItemLabel label : labels) {
      if (label.response() instanceof Ranking ranking) {
        add(orders, label, ranking.best());
      } else if (label.item().answers().size() == 2 && label.response() instanceof Rating slider) {
        if (slider.number() != 0) {
          int better = slider.number() > 0 ? 0 : 1;
          orders.add(new Order(new Place(label, better), new Place(label, 1 - better)));
        }
      } else {
        ItemLabel before = last.put(label.evaluator(), label);
        if (before != null) {
          double gap = height(label) - height(before);
          if (gap > 0) {
            orders.add(new Order(new Place(label, 0), new Place(before, 0)));
          } else if (gap < 0) {
            orders.add(new Order(new Place(before, 0), new Place(label, 0)));
          }
        }
      }
    }
    return orders;
  }

  private static void add(List<Order> orders, ItemLabel label, List<Integer> best) {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < label.item().answers().size(); i++) {
      left.add(i);
    }
    for (Integer next : best) {
      left.remove(next);
      for (int other : left) {
        orders.add(new Order(new Place(label, next), new Place(label, other)));
      }
    }
  }

  private static double height(ItemLabel label) {
    if (label.response() instanceof Rating rating) {
      return rating.number();
    }
    if (label.response() instanceof Steps steps) {
      return steps.labels().stream().mapToDouble(step -> step).average().orElse(Double.NaN);
    }
    if (label.response() instanceof Marks marks) {
      return marks.spans().stream().mapToDouble(Mark::value).sum();
    }
    if (label.response() instanceof Remarks remarks) {
      return -remarks.changes();
    }
    return label.response() instanceof Label said && said.rank() >= 0 ? -said.rank() : Double.NaN;
  }

  /**
   * How often labels order answers as their gold worth does; null if nothing is known. Remarks are
   * left aside: how many there are does not say whether they ask for the right things.
   */
  public static @Nullable Double withGold(List<ItemLabel> labels) {
    double agree = 0;
    int ordered = 0;
    List<ItemLabel> comparable =
        labels.stream().filter(label -> !(label.response() instanceof Remarks)).toList();
    for (Order order : orders(comparable)) {
      double gap = gold(order.better()) - gold(order.worse());
      if (gap > 0 || gap < 0) {
        ordered++;
        agree += gap > 0 ? 1 : 0;
      }
    }
    return ordered == 0 ? null : agree / ordered;
  }

  /** All that the values of the population say about answers that stand together. */
  public static List<Order> goldOrders(List<ItemLabel> labels) {
    List<Order> orders = new ArrayList<>();
    @Nullable ItemLabel before = null;
    for (ItemLabel label : labels) {
      int answers = label.item().answers().size();
      for (int i = 1; i < answers; i++) {
        addGold(orders, new Place(label, i - 1), new Place(label, i));
      }
      if (answers == 1 && before != null) {
        addGold(orders, new Place(before, 0), new Place(label, 0));
      }
      before = label;
    }
    return orders;
  }

  private static void addGold(List<Order> orders, Place one, Place other) {
    double gap = gold(one) - gold(other);
    if (gap > 0) {
      orders.add(new Order(one, other));
    } else if (gap < 0) {
      orders.add(new Order(other, one));
    }
  }

  private static double gold(Place place) {
    List<Double> gold = place.label().gold();
    return gold.isEmpty() ? Double.NaN : gold.get(place.answer());
  }
}
