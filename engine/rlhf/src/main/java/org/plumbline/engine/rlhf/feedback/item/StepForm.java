// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.Efforts;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec.StepLabels;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.rlhf.evaluators.Impression;
import org.plumbline.engine.rlhf.respondents.Form;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.responses.Response.Steps;
import org.plumbline.engine.rlhf.responses.SeenParts;
import org.plumbline.engine.rlhf.responses.Segments;
import org.plumbline.engine.rlhf.responses.Segments.Segment;

/**
 * Whether each step of an answer is right (Uesato et al. 2022, arXiv:2211.14275; Lightman et al.
 * 2023, arXiv:2305.20050, section 2.4: right, neutral or wrong, up to the first that is wrong).
 *
 * <p>Simulated people know what an answer is worth to them, and judge a step by what it adds: a is
 * what the answer up to and with the step seems to be worth, less what it seemed worth before.
 * {@link Nudge} says how they say it. A mistake takes right for wrong and wrong for right.
 *
 * @param separator that ends a step
 * @param scale of the labels; on two, a neutral step is right
 * @param untilWrong whether they stop at the first wrong step
 */
record StepForm(String separator, StepLabels scale, boolean untilWrong) implements Form {
  static final double WRONG = 0;
  static final double NEUTRAL = 0.5;
  static final double RIGHT = 1;

  @Override
  public int answers() {
    return 1;
  }

  /** As much as a comparison for each step. */
  @Override
  public double effort() {
    return Efforts.STEP;
  }

  @Override
  public double effort(Item item, @Nullable Response said) {
    int steps =
        said instanceof Steps judged ? judged.ends().size() : Math.max(1, ends(item).size());
    return effort() * steps;
  }

  private List<Integer> ends(Item item) {
    return Segments.steps(item.answers().get(0).text(), separator);
  }

  /** Nothing, and then the answer up to each of its steps. */
  @Override
  public List<String> weighed(List<String> seen) {
    String answer = seen.get(0);
    List<String> prefixes = new ArrayList<>(List.of(""));
    Segments.steps(answer, separator).forEach(end -> prefixes.add(answer.substring(0, end)));
    return prefixes;
  }

  /** Of each step that they see. */
  @Override
  public Response meant(Item item, Impression impression, RandomSequence draws) {
    List<Integer> ends = ends(item);
    List<@Nullable Segment> seen =
        places(item.answers().get(0).text(), impression.aspects().texts());
    double[] worth = impression.worth();
    List<Integer> judged = new ArrayList<>();
    List<Double> labels = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      double added = worth[i + 1] - worth[i];
      double label = label(Nudge.of(added, impression.rationality(), draws));
      Segment step = seen.get(i);
      if (step != null) {
        // Who sees the beginning of a step judges the step.
        ends.stream()
            .filter(end -> end >= step.end() && !judged.contains(end))
            .findFirst()
            .ifPresent(
                end -> {
                  judged.add(end);
                  labels.add(label);
                });
      }
    }
    return new Steps(judged, labels);
  }

  /** Where the steps that somebody sees lie in the answer. */
  private static List<@Nullable Segment> places(String answer, List<String> prefixes) {
    List<Segment> steps = new ArrayList<>();
    for (int i = 1; i < prefixes.size(); i++) {
      steps.add(new Segment(prefixes.get(i - 1).length(), prefixes.get(i).length()));
    }
    return SeenParts.of(answer, prefixes.get(prefixes.size() - 1), steps);
  }

  private double label(int nudge) {
    if (nudge == 0) {
      return scale == StepLabels.BINARY ? RIGHT : NEUTRAL;
    }
    return nudge < 0 ? WRONG : RIGHT;
  }

  @Override
  public Response turned(Response meant) {
    Steps steps = (Steps) meant;
    return new Steps(steps.ends(), steps.labels().stream().map(label -> RIGHT - label).toList());
  }

  @Override
  public Response blind(Item item, RandomSequence draws) {
    List<Integer> ends = ends(item);
    List<Double> labels = new ArrayList<>();
    for (int i = 0; i < ends.size(); i++) {
      labels.add(
          scale == StepLabels.BINARY ? (double) draws.bounded(2) : draws.bounded(3) * NEUTRAL);
    }
    return new Steps(ends, labels);
  }

  /** Nothing is said of an answer without steps. */
  @Override
  public @Nullable Response unshown(Response response, int[] shown) {
    Steps steps = (Steps) response;
    int wrong = steps.labels().indexOf(WRONG);
    int judged = untilWrong && wrong >= 0 ? wrong + 1 : steps.labels().size();
    return judged == 0
        ? null
        : new Steps(steps.ends().subList(0, judged), steps.labels().subList(0, judged));
  }

  @Override
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("separator", separator);
    return facts;
  }
}
