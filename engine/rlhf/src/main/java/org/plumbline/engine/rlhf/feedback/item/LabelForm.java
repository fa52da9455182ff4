// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.Efforts;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.rlhf.evaluators.Impression;
import org.plumbline.engine.rlhf.respondents.Form;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.responses.Response.Label;
import org.plumbline.engine.rlhf.values.Feature;

/**
 * A class for an answer, out of a set that may lack the right one (Casper et al. 2023, section
 * 3.1.4; Freedman et al. 2021, "Choice Set Misspecification in Reward Inference").
 *
 * <p>With w what the answer seems to be worth and rho the rationality, class k of K has the logit
 * {@code rho w (1/2 - k / (K - 1))}: the first speaks for the answer and the last against it, and
 * of two classes the first has {@code P = sigmoid(rho w)}. Where {@code other} may be said, it has
 * the logit that its values give; where it may not, people choose among the rest. A mistake is the
 * class as far from the other end; {@code other} is not mistaken.
 *
 * @param classes the wanted one first
 * @param other what speaks for {@code other}; null if it may not be said
 */
record LabelForm(List<String> classes, @Nullable Feature other) implements Form {
  static final String OTHER = "other";

  @Override
  public int answers() {
    return 1;
  }

  @Override
  public double effort() {
    return Efforts.CLASS;
  }

  @Override
  public Response meant(Item item, Impression impression, RandomSequence draws) {
    List<Double> logits = new ArrayList<>();
    double sure = impression.rationality() * impression.worth()[0];
    for (int k = 0; k < classes.size(); k++) {
      logits.add(sure * (0.5 - k / (classes.size() - 1.0)));
    }
    if (other != null) {
      logits.add(other.of(item.prompt().text(), item.answers().get(0).text()));
    }
    double highest = logits.stream().mapToDouble(l -> l).max().orElseThrow();
    double[] weights = logits.stream().mapToDouble(l -> StrictMath.exp(l - highest)).toArray();
    return said(draws.categorical(weights));
  }

  private Response said(int k) {
    return k < classes.size() ? new Label(classes.get(k), k) : new Label(OTHER, -1);
  }

  @Override
  public Response turned(Response meant) {
    int k = ((Label) meant).rank();
    return k < 0 ? meant : said(classes.size() - 1 - k);
  }

  @Override
  public Response blind(Item item, RandomSequence draws) {
    return said(draws.bounded(classes.size() + (other == null ? 0 : 1)));
  }

  @Override
  public Map<String, Object> facts() {
    List<String> names = new ArrayList<>(classes);
    if (other != null) {
      names.add(OTHER);
    }
    return Map.of("classes", names);
  }
}
