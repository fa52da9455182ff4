// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.List;
import org.plumbline.dsl.model.feedback.Efforts;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.rlhf.evaluators.Impression;
import org.plumbline.engine.rlhf.respondents.Form;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.responses.Response.Ranking;

/**
 * The best answer is chosen (Ziegler et al. 2019, arXiv:1909.08593, section 2.2). A mistake is the
 * worst of them.
 *
 * @param answers how many
 */
record BestOfKForm(int answers) implements Form {

  /** Looking at all of them. */
  @Override
  public double effort() {
    return Efforts.bestOf(answers);
  }

  @Override
  public Response meant(Item item, Impression impression, RandomSequence draws) {
    return new Ranking(impression.ranking(draws));
  }

  @Override
  public Response turned(Response meant) {
    List<Integer> ranking = ((Ranking) meant).best();
    return new Ranking(List.of(ranking.get(ranking.size() - 1)));
  }

  @Override
  public Response blind(Item item, RandomSequence draws) {
    return new Ranking(List.of(draws.bounded(answers)));
  }

  @Override
  public Response unshown(Response response, int[] shown) {
    Ranking best = new Ranking(((Ranking) response).best().subList(0, 1));
    return RankingForm.unshown(best, shown);
  }
}
