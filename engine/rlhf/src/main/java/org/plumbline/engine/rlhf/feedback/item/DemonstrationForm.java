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
 * An answer that somebody gives themselves (Ouyang et al. 2022, arXiv:2203.02155, section 3.2).
 * Simulated people say the one of several sampled answers that they like best, as sharply as they
 * choose. A mistake is the worst of them.
 *
 * @param answers that come to their mind
 */
record DemonstrationForm(int answers) implements Form {

  @Override
  public double effort() {
    return Efforts.DEMONSTRATION;
  }

  @Override
  public boolean shuffles() {
    return false;
  }

  @Override
  public Response meant(Item item, Impression impression, RandomSequence draws) {
    return new Ranking(impression.ranking(draws));
  }

  @Override
  public Response turned(Response meant) {
    return CorrectionForm.last((Ranking) meant);
  }

  @Override
  public Response blind(Item item, RandomSequence draws) {
    return new Ranking(List.of(draws.bounded(answers)));
  }

  @Override
  public Response unshown(Response response, int[] shown) {
    return new Ranking(((Ranking) response).best().subList(0, 1));
  }
}
