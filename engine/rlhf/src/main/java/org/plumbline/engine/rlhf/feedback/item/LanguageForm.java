// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.feedback.Efforts;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.rlhf.evaluators.Aspects;
import org.plumbline.engine.rlhf.evaluators.Impression;
import org.plumbline.engine.rlhf.respondents.Form;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.Remark;
import org.plumbline.engine.rlhf.responses.Remark.Direction;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.responses.Response.Remarks;

/**
 * What people write of an answer (Scheurer et al. 2023, arXiv:2303.16755).
 *
 * <p>Simulated people say what lowered the answer's worth. With w the weight of a feature f of
 * theirs and f(y) its value for the answer as they see it, what it costs is
 *
 * <pre>{@code
 * s(f) = max(0, max(w, 0) - w f(y))
 * }</pre>
 *
 * <p>so a wanted feature costs as far as it is below 1, and an unwanted one as far as it is there.
 * Of the features that cost anything they name as many as are asked for, each chosen with {@code P
 * = softmax(rho s)} among those left, in one of a few wordings ({@link Remark}). A mistake asks for
 * the contrary, and so does malice, of what costs most.
 *
 * @param features that remarks may be about
 * @param remarks how many at most
 */
record LanguageForm(List<String> features, int remarks) implements Form {

  @Override
  public int answers() {
    return 1;
  }

  /** Reading, and writing a sentence. */
  @Override
  public double effort() {
    return Efforts.LANGUAGE;
  }

  @Override
  public Response meant(Item item, Impression impression, RandomSequence draws) {
    Aspects aspects = impression.aspects();
    List<String> left = new ArrayList<>();
    List<Double> costs = new ArrayList<>();
    for (String feature : features) {
      double cost = aspects.cost(feature, 0);
      if (cost > 0) {
        left.add(feature);
        costs.add(cost);
      }
    }
    List<String> texts = new ArrayList<>();
    while (!left.isEmpty() && texts.size() < remarks) {
      double highest = costs.stream().mapToDouble(cost -> cost).max().orElseThrow();
      double[] weights =
          costs.stream()
              .mapToDouble(cost -> StrictMath.exp(impression.rationality() * (cost - highest)))
              .toArray();
      int chosen = draws.categorical(weights);
      Direction direction = aspects.weight(left.get(chosen)) > 0 ? Direction.MORE : Direction.LESS;
      Remark remark =
          new Remark(left.get(chosen), impression.malicious() ? direction.contrary() : direction);
      texts.add(remark.text(draws.bounded(Remark.WORDINGS)));
      left.remove(chosen);
      costs.remove(chosen);
    }
    return new Remarks(texts.isEmpty() ? List.of(Remark.NOTHING) : texts);
  }

  @Override
  public Response turned(Response meant) {
    return new Remarks(((Remarks) meant).texts().stream().map(this::contrary).toList());
  }

  private String contrary(String text) {
    for (int wording = 0; wording < Remark.WORDINGS; wording++) {
      for (String feature : features) {
        for (Direction direction : Direction.values()) {
          if (new Remark(feature, direction).text(wording).equals(text)) {
            return new Remark(feature, direction.contrary()).text(wording);
          }
        }
      }
    }
    return text;
  }

  @Override
  public Response blind(Item item, RandomSequence draws) {
    String feature = features.get(draws.bounded(features.size()));
    Direction direction = draws.bounded(2) == 0 ? Direction.MORE : Direction.LESS;
    return new Remarks(
        List.of(new Remark(feature, direction).text(draws.bounded(Remark.WORDINGS))));
  }

  @Override
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("features", features);
    return facts;
  }
}
