package org.plumbline.dsl.model;

import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;

/** What keeps a policy in check while it is optimised. */
@Doc("what keeps a policy in check while it is optimised")
public record Regularizers(
    @Doc("Kullback-Leibler divergence from the reference, taken off the reward") @Default("{}")
        Kl kl,
    @Doc("weight of the token entropy in the loss") @Default("0") @Range("[0, inf)") double entropy,
    @Doc("scores beyond this many standard deviations are cut; absent: not cut") @Range("(0, inf)")
        @Nullable Double rewardClip) {

  /** The KL term, with a fixed or an adaptive coefficient (Ziegler et al. 2019, section 2.2). */
  @Doc("Kullback-Leibler divergence from the reference policy")
  public record Kl(
      @Doc(value = "reward per nat; 0 switches the term off", unit = "1/nat")
          @Default("0.05")
          @Range("[0, inf)")
          double coefficient,
      @Doc(
              value = "makes the coefficient adaptive: the divergence that it steers to",
              unit = "nats per answer",
              source = "Ziegler et al. 2019, section 2.2")
          @Range("(0, inf)")
          @Nullable Double target,
      @Doc(value = "how slowly an adaptive coefficient moves", unit = "answers")
          @Default("10000")
          @Range("(0, inf)")
          double horizon,
      @Doc("the reference; default: the policy that training starts from")
          @Refers(Section.POLICIES_OR_MODELS)
          @Nullable String reference) {}
}
