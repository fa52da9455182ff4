// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.training.Scoring;

/**
 * What a policy is kept near to: a model, or several by their shares w of the divergence.
 *
 * <pre>{@code
 * sum over i of w_i KL(pi || ref_i) = E[log pi - sum over i of w_i log ref_i]
 * }</pre>
 *
 * <p>so several count as one whose log-probabilities are the mean of theirs, which need not add up
 * to 1. With them a policy's optimum is the product of {@code ref_i^w_i} and {@code exp(r / beta)},
 * divided by its sum (Aminian et al., "KL-Regularized RLHF with Multiple Reference Models", 2025,
 * arXiv:2502.01203, section 5).
 *
 * @param members of which the shares add up to 1
 */
public record KlReference(List<Member> members) {

  /**
   * A model, and its share.
   *
   * @param model as it is at the time
   */
  public record Member(Supplier<LanguageModel> model, double share) {}

  /** One model. */
  public static KlReference of(Supplier<LanguageModel> model) {
    return new KlReference(List.of(new Member(model, 1)));
  }

  /** Whether a policy has not moved away from it at all. */
  boolean isLike(LanguageModel policy) {
    return members.stream()
        .map(member -> member.model().get())
        .allMatch(
            model ->
                model.precision() == policy.precision()
                    && model.parameters().sameTrunk(policy.parameters()));
  }

  /** Log-probabilities of the completion tokens, [batch, time-1], zero elsewhere. */
  Tensor tokens(Batch batch, double temperature) {
    return mean(model -> model.tokenLogProbs(batch, temperature));
  }

  /** Log-probabilities of all next tokens, [batch, time-1, vocabulary]. */
  Tensor all(Batch batch, double temperature) {
    return mean(model -> Scoring.logProbs(model, batch, temperature));
  }

  private Tensor mean(Function<LanguageModel, Tensor> of) {
    Tensor first = of.apply(members.get(0).model().get());
    if (members.size() == 1) {
      return first;
    }
    Tensor sum = first.mul((float) members.get(0).share());
    for (Member member : members.subList(1, members.size())) {
      sum = sum.add(of.apply(member.model().get()).mul((float) member.share()));
    }
    return sum;
  }
}
