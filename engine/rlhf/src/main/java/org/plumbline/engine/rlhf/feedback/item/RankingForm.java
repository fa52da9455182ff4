// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.plumbline.dsl.model.feedback.Efforts;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.rlhf.evaluators.Impression;
import org.plumbline.engine.rlhf.respondents.Form;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.responses.Response.Ranking;

/**
 * All answers are put in order (Plackett 1975; Ouyang et al. 2022, arXiv:2203.02155, section 3.4).
 * A mistake is the order from the worst on.
 *
 * @param answers how many
 */
record RankingForm(int answers) implements Form {

  @Override
  public double effort() {
    return Efforts.ranking(answers);
  }

  @Override
  public Response meant(Item item, Impression impression, RandomSequence draws) {
    return new Ranking(impression.ranking(draws));
  }

  @Override
  public Response turned(Response meant) {
    List<Integer> turned = new ArrayList<>(((Ranking) meant).best());
    Collections.reverse(turned);
    return new Ranking(turned);
  }

  @Override
  public Response blind(Item item, RandomSequence draws) {
    return new Ranking(Arrays.stream(draws.permutation(answers)).boxed().toList());
  }

  @Override
  public Response unshown(Response response, int[] shown) {
    return unshown((Ranking) response, shown);
  }

  static Ranking unshown(Ranking ranking, int[] shown) {
    return new Ranking(ranking.best().stream().map(place -> shown[place]).toList());
  }
}
