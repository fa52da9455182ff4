// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.Efforts;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.evaluators.Impression;
import org.plumbline.engine.rlhf.respondents.Form;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.responses.Response.Ranking;

/**
 * An answer, and a better one made from it (Bajcsy et al. 2017; Casper et al. 2023, section 3.1.4).
 *
 * <p>The first answer of an item is what is corrected. Simulated people turn it into the one of
 * several sampled answers that they like best among those few enough words away, as sharply as they
 * choose; where they like the answer as it is best, they say nothing. A mistake is the worst of all
 * these. Words changed are those put in, left out or replaced (Levenshtein 1966).
 *
 * @param candidates what the correction is chosen from
 * @param edits most words that are changed; null for any
 */
record CorrectionForm(int candidates, @Nullable Integer edits) implements Form {

  @Override
  public int answers() {
    return 1 + candidates;
  }

  /** Reading, and writing a part. */
  @Override
  public double effort() {
    return Efforts.CORRECTION;
  }

  @Override
  public boolean shuffles() {
    return false;
  }

  @Override
  public Response meant(Item item, Impression impression, RandomSequence draws) {
    List<Integer> near = new ArrayList<>();
    for (int i = 0; i < answers(); i++) {
      if (i == 0 || edits == null || changed(item, i) <= edits) {
        near.add(i);
      }
    }
    return new Ranking(impression.ranking(near, draws));
  }

  private static int changed(Item item, int answer) {
    return EditDistance.words(item.answers().get(0).text(), item.answers().get(answer).text());
  }

  @Override
  public Response turned(Response meant) {
    return last((Ranking) meant);
  }

  /** The worst of a ranking, as what was chosen. */
  static Ranking last(Ranking ranking) {
    return new Ranking(List.of(ranking.best().get(ranking.best().size() - 1)));
  }

  @Override
  public Response blind(Item item, RandomSequence draws) {
    return new Ranking(List.of(draws.bounded(answers())));
  }

  @Override
  public @Nullable Response unshown(Response response, int[] shown) {
    Integer best = ((Ranking) response).best().get(0);
    return best == 0 ? null : new Ranking(List.of(best));
  }

  /** The correction, and what it corrects. */
  @Override
  public List<Pair> pairs(List<ItemLabel> labels) {
    return corrected(labels);
  }

  /** Each correction, preferred to what it corrects. */
  static List<Pair> corrected(List<ItemLabel> labels) {
    List<Pair> pairs = new ArrayList<>();
    for (ItemLabel label : labels) {
      if (label.response() instanceof Ranking correction) {
        Item item = label.item();
        int best = correction.best().get(0);
        pairs.add(
            new Pair(
                pairs.size(),
                item.prompt(),
                item.answers().get(best),
                item.answers().get(0),
                1,
                1,
                1,
                item.finished().get(best),
                item.finished().get(0),
                null,
                null,
                item.byChance()));
      }
    }
    return pairs;
  }
}
