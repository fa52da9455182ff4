// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.respondents;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.evaluators.Impression;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response;

/** The form of a kind of feedback: what is shown, and how people fill it in. */
public interface Form {

  /** How many answers are shown together. */
  int answers();

  /** What one takes, in comparisons, unless the spec says otherwise (algorithms: cost model). */
  double effort();

  /**
   * What a label takes, in comparisons, unless the spec says otherwise.
   *
   * @param said the label; null for the most that it can take
   */
  default double effort(Item item, @Nullable Response said) {
    return effort();
  }

  /** What people weigh of the answers that they see: each of them, but for parts of answers. */
  default List<String> weighed(List<String> seen) {
    return seen;
  }

  /** What somebody says of an item who has this impression; in the order shown. */
  Response meant(Item item, Impression impression, RandomSequence draws);

  /** The same, the wrong way round: what comes of a mistake. */
  Response turned(Response meant);

  /** What somebody says who does not look. */
  Response blind(Item item, RandomSequence draws);

  /** What was said, about answers in the item's own order; null if it says nothing. */
  default @Nullable Response unshown(Response response, int[] shown) {
    return response;
  }

  /** Whether everybody is shown the answers in an order of their own. */
  default boolean shuffles() {
    return true;
  }

  /** What labels say as pairs, for what learns from those; none by default. */
  default List<Pair> pairs(List<ItemLabel> labels) {
    return List.of();
  }

  /**
   * Where a response stands on the scale of what an answer seems to be worth; NaN if the form is no
   * scale, and people do not use it like one.
   */
  default double place(Response response) {
    return Double.NaN;
  }

  /** Whether answers are rated on a scale. */
  default boolean rates() {
    return false;
  }

  /** What a summary says of the form itself, such as the names of steps; always in one order. */
  default Map<String, Object> facts() {
    return Map.of();
  }
}
