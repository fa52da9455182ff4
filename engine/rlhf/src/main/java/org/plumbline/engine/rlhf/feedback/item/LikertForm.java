// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.Efforts;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.rlhf.evaluators.Impression;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.rlhf.respondents.Form;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.responses.Response.Rating;

/**
 * A step of a scale for an answer (Likert 1932). With w what the answer seems to be worth, and cut
 * points one apart around 0, {@code P(step <= k) = sigmoid(rho (c_k - w))}: the logistic noise of
 * their choices, rho being the rationality (McCullagh 1980). A mistake is the step as far from the
 * other end.
 *
 * @param levels how many steps
 * @param anchors what they are called, the lowest first; null for numbers
 */
record LikertForm(int levels, @Nullable List<String> anchors) implements Form {

  @Override
  public int answers() {
    return 1;
  }

  @Override
  public double effort() {
    return Efforts.LIKERT;
  }

  @Override
  public Response meant(Item item, Impression impression, RandomSequence draws) {
    double draw = draws.uniform();
    double rationality = impression.rationality();
    int step = 1;
    while (step < levels) {
      double cut = step - levels / 2.0;
      if (draw < Logistic.sigmoid(rationality * (cut - impression.worth()[0]))) {
        break;
      }
      step++;
    }
    return new Rating(step);
  }

  @Override
  public Response turned(Response meant) {
    return new Rating(levels + 1 - ((Rating) meant).number());
  }

  @Override
  public Response blind(Item item, RandomSequence draws) {
    return new Rating(1 + draws.bounded(levels));
  }

  @Override
  public boolean rates() {
    return true;
  }

  @Override
  public double place(Response response) {
    return ((Rating) response).number() - (levels + 1) / 2.0;
  }

  @Override
  public Map<String, Object> facts() {
    Map<String, Object> steps = new LinkedHashMap<>();
    steps.put("levels", levels);
    if (anchors != null) {
      steps.put("anchors", anchors);
    }
    return steps;
  }
}
