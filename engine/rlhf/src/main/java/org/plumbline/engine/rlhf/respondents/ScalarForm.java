// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.respondents;

import java.util.LinkedHashMap;
import java.util.Map;
import org.plumbline.dsl.model.feedback.Efforts;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.rlhf.evaluators.Impression;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.responses.Response.Rating;

/**
 * A number for an answer: what it seems to be worth, within the ends of the scale (Ziegler et al.
 * 2019, ScalarRating). A mistake is the number as far from the other end.
 *
 * @param low the lowest number
 * @param high the highest
 */
public record ScalarForm(double low, double high) implements Form {

  @Override
  public int answers() {
    return 1;
  }

  @Override
  public double effort() {
    return Efforts.SCALAR;
  }

  @Override
  public Response meant(Item item, Impression impression, RandomSequence draws) {
    return new Rating(Math.max(low, Math.min(high, impression.worth()[0])));
  }

  @Override
  public Response turned(Response meant) {
    return new Rating(low + high - ((Rating) meant).number());
  }

  @Override
  public Response blind(Item item, RandomSequence draws) {
    return new Rating(low + (high - low) * draws.uniform());
  }

  @Override
  public boolean rates() {
    return true;
  }

  @Override
  public double place(Response response) {
    return ((Rating) response).number();
  }

  @Override
  public Map<String, Object> facts() {
    Map<String, Object> ends = new LinkedHashMap<>();
    ends.put("low", low);
    ends.put("high", high);
    return ends;
  }
}
