// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.reward;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Kind;
import org.plumbline.dsl.model.shape.Named;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;

/** Rewards that are put together from others, or that need no learning. */
public sealed interface ComposedRewardSpec extends RewardSpec {

  /** Several objectives. */
  @Kind("multi_objective")
  @Doc(value = "several rewards as one", source = "Casper et al. 2023, section 4.2.1")
  record MultiObjective(
      @Doc("the rewards, by name") @Named("part") Map<String, Part> parts,
      @Doc("how they become one") @Default("sum") Scalarise combine,
      @Doc("bring each to mean 0 and variance 1 on answers of this policy first")
          @Refers(Section.POLICIES_OR_MODELS)
          @Nullable String normaliseOn,
      @Doc("the prompts that it answers, for `normalise_on`") @Refers(Section.DATA)
          @Nullable String prompts)
      implements ComposedRewardSpec {}

  /** Rules. */
  @Kind("rules")
  @Doc(
      value = "the utility of declared values, as a rule that needs no feedback",
      source = "Glaese et al. 2022 (rule reward); Casper et al. 2023, section 4.2")
  record Rules(@Doc("the values") @Refers(Section.VALUES) String values)
      implements ComposedRewardSpec {}

  /** A right answer to agree with. */
  @Kind("verifiable")
  @Doc(
      value = "whether an answer agrees with the right one of the prompt's row; nothing is learned",
      source = "Lambert et al. 2024 (RLVR), arXiv 2411.15124")
  record Verifiable(
      @Doc("prompts, with the right answer to each in the column `completion`")
          @Refers(Section.DATA)
          String data,
      @Doc("when an answer is right") @Default("exact") Match match,
      @Doc("whether capital letters make no difference") @Default("true") boolean ignoreCase,
      @Doc("how far a number may be from the right one, for `match: number`")
          @Default("1e-6")
          @Range("[0, inf)")
          double tolerance,
      @Doc("score of a right answer") @Default("1") double right,
      @Doc("score of any other") @Default("0") double wrong)
      implements ComposedRewardSpec {}

  /** Direct oversight. */
  @Kind("direct_oversight")
  @Doc(
      value = "evaluators score every answer of the policy while it learns; no reward model",
      source = "Casper et al. 2023, section 4.2.2")
  record DirectOversight(
      @Doc("who scores") @Refers(Section.EVALUATORS) String evaluators,
      @Doc("lowest score") @Default("0") double low,
      @Doc("highest score") @Default("1") double high,
      @Doc(
              value =
                  "most that each policy may spend that learns from it; it learns no more when the next update cannot be paid",
              unit = "any currency")
          @Range("(0, inf)")
          @Nullable Double budget,
      @Doc(
              value = "price of one score, as a multiple of an evaluator's `cost`",
              unit = "comparisons")
          @Default("1.5")
          @Range("(0, inf)")
          double effort,
      @Doc("what evaluators are told") @Nullable String instructions)
      implements ComposedRewardSpec {}

  /** An AI judge. */
  @Kind("ai_judge")
  @Doc(
      value = "a judge scores every answer under its principles; no reward model",
      source =
          "Lee et al. 2023 (direct RLAIF), arXiv 2309.00267; Bai et al. 2022, arXiv 2212.08073")
  record AiJudge(
      @Doc("the judge") @Refers(Section.EVALUATORS) String judge,
      @Doc("what the judge is asked") @Default("score") Ask ask,
      @Doc("the policy whose answer it is compared with, for `ask: compare`")
          @Refers(Section.POLICIES_OR_MODELS)
          @Nullable String against,
      @Doc(value = "longest answer of that policy; absent: 24, as in `sampling`", unit = "tokens")
          @Range("[1, 4096]")
          @Nullable Integer maxNewTokens,
      @Doc(
              value =
                  "most that each policy may spend that learns from it; it learns no more when the questions of the next update cannot be paid",
              unit = "any currency")
          @Range("(0, inf)")
          @Nullable Double budget)
      implements ComposedRewardSpec {

    /** A judge that may cost whatever it takes. */
    public AiJudge(
        String judge, Ask ask, @Nullable String against, @Nullable Integer maxNewTokens) {
      this(judge, ask, against, maxNewTokens, null);
    }
  }

  /** One of several rewards. */
  @Doc("one of several rewards")
  record Part(
      @Doc("the reward") @Refers(Section.REWARDS) String reward,
      @Doc("its weight in the sum; for `combine: lexicographic` the highest comes first")
          @Default("1")
          double weight,
      @Doc("what it is to reach, for `combine: lexicographic` and `chebyshev`")
          @Nullable Double goal) {}

  /** How several rewards become one. */
  enum Scalarise {
    @Doc("their weighted sum")
    SUM,
    @Doc("the lowest")
    MIN,
    @Doc(
        "their product (Nash welfare), of each the chance that it beats 0, to the power of its weight")
    PRODUCT,
    @Doc("the first that does not reach its goal, above all in which an earlier one does not")
    LEXICOGRAPHIC,
    @Doc("the largest weighted distance from its goal, negated")
    CHEBYSHEV
  }

  /** When an answer is right. */
  enum Match {
    @Doc("it is the right one, but for white space around it")
    EXACT,
    @Doc("it has the right one in it")
    CONTAINS,
    @Doc("its last number is the last number of the right one")
    NUMBER,
    @Doc("the right one is a regular expression, which is found in it")
    MATCHES
  }

  /** What a judge is asked. */
  enum Ask {
    @Doc("a score for the answer")
    SCORE,
    @Doc("whether the answer is better than another policy's")
    COMPARE
  }
}
