// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec.SpanUnit;
import org.plumbline.dsl.model.reward.FittedRewardSpec.SpanReward;
import org.plumbline.engine.rlhf.likelihood.PartLabels;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response.Mark;
import org.plumbline.engine.rlhf.responses.Response.Marks;
import org.plumbline.engine.rlhf.responses.SeenParts;
import org.plumbline.engine.rlhf.responses.Segments;
import org.plumbline.engine.rlhf.responses.Segments.Segment;
import org.plumbline.engine.run.StageFailure;

/**
 * A reward of the parts of answers: a number for each category, said at the last token of each part
 * (Wu et al. 2023, arXiv:2306.01693, section 3.1, which has a model for each category).
 *
 * <p>With v the marks of a part in a category, from -1 to 1 and 0 if there is none, the label of
 * the part is {@code y = (1 + v) / 2}, and its loss that of {@link PartLabels}. Differs from Wu et
 * al.: one trunk with a head for each category, and what nobody marked is neither good nor bad.
 */
final class SpanRewards {
  private SpanRewards() {}

  static FeedbackReward.Kind<List<Double>> of(
      SpanReward spec, List<ItemLabel> labels, JsonNode summary) {
    List<String> categories = categories(labels, summary);
    SpanUnit unit = unit(spec, summary);
    Map<String, Double> given = spec.weights() == null ? Map.of() : spec.weights();
    for (String name : given.keySet()) {
      if (!categories.contains(name)) {
        throw new StageFailure(
            "PLB0231",
            "the feedback has no category `" + name + "`",
            "weights",
            "categories: " + String.join(", ", categories));
      }
    }
    Map<String, Double> weights = new LinkedHashMap<>();
    categories.forEach(category -> weights.put(category, given.getOrDefault(category, 1.0)));
    SpanReading reading = new SpanReading(unit, weights);
    return new FeedbackReward.Kind<>(
        new PartLabels(),
        label -> targets(label, categories, unit),
        label -> reading.ends(label.item().answers().get(0).text()),
        reading);
  }

  private static List<String> categories(List<ItemLabel> labels, JsonNode summary) {
    Set<String> found = new TreeSet<>();
    List<String> declared = new ArrayList<>();
    summary.path("categories").forEach(name -> declared.add(name.asText()));
    for (ItemLabel label : labels) {
      if (label.response() instanceof Marks marks) {
        marks.spans().forEach(mark -> found.add(mark.category()));
      }
    }
    if (found.isEmpty()) {
      throw new StageFailure(
          "PLB0509",
          "nothing is marked in " + labels.size() + " answers",
          "feedback",
          "nothing can be learned from that; ask for more, or of other answers");
    }
    return declared.isEmpty() ? List.copyOf(found) : declared;
  }

  private static SpanUnit unit(SpanReward spec, JsonNode summary) {
    SpanUnit unit = spec.unit();
    return unit == null
        ? SpanUnit.valueOf(summary.path("unit").asText("sentence").toUpperCase(Locale.ROOT))
        : unit;
  }

  /** Part by part what each category says; NaN of parts that were not seen. */
  private static @Nullable List<Double> targets(
      ItemLabel label, List<String> categories, SpanUnit unit) {
    if (!(label.response() instanceof Marks marks)) {
      return null;
    }
    String whole = label.item().answers().get(0).text();
    List<Segment> parts = Segments.of(whole, unit);
    String saw = label.saw().isEmpty() ? whole : label.saw().get(0);
    List<@Nullable Segment> seen = SeenParts.of(whole, saw, Segments.of(saw, unit));
    List<Double> targets = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      for (String category : categories) {
        targets.add(
            overlaps(parts.get(i), seen)
                ? (1 + value(marks, parts.get(i), category)) / 2
                : Double.NaN);
      }
    }
    return targets;
  }

  private static boolean overlaps(Segment part, List<@Nullable Segment> seen) {
    for (Segment other : seen) {
      if (other != null && other.start() < part.end() && other.end() > part.start()) {
        return true;
      }
    }
    return false;
  }

  private static double value(Marks marks, Segment part, String category) {
    double sum = 0;
    for (Mark mark : marks.spans()) {
      boolean here = mark.start() < part.end() && mark.end() > part.start();
      sum += here && mark.category().equals(category) ? mark.value() : 0;
    }
    return Math.max(-1, Math.min(1, sum));
  }
}
