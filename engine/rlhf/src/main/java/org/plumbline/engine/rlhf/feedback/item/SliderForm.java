// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.Map;
import org.plumbline.dsl.model.feedback.Efforts;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.rlhf.evaluators.Impression;
import org.plumbline.engine.rlhf.respondents.Form;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.responses.Response.Rating;

/**
 * How much better the first of two answers is, from -1 to 1 (Wilde et al. 2021, arXiv:2110.00284):
 * {@code clip(clip(d / saturation, -1, 1) + noise z, -1, 1)} with d the log-odds of their choice. A
 * mistake is the other side.
 *
 * @param saturation where the slider meets its end
 * @param noise standard deviation of the hand
 */
record SliderForm(double saturation, double noise) implements Form {

  @Override
  public int answers() {
    return 2;
  }

  @Override
  public double effort() {
    return Efforts.SLIDER;
  }

  @Override
  public Response meant(Item item, Impression impression, RandomSequence draws) {
    double place = clip(impression.gap() / saturation);
    return new Rating(clip(place + noise * draws.normal()));
  }

  private static double clip(double place) {
    return Math.max(-1, Math.min(1, place));
  }

  @Override
  public Response turned(Response meant) {
    return new Rating(0 - ((Rating) meant).number());
  }

  @Override
  public Response blind(Item item, RandomSequence draws) {
    return new Rating(2 * draws.uniform() - 1);
  }

  @Override
  public Response unshown(Response response, int[] shown) {
    return shown[0] == 0 ? response : turned(response);
  }

  @Override
  public Map<String, Object> facts() {
    return Map.of("saturation", saturation);
  }
}
