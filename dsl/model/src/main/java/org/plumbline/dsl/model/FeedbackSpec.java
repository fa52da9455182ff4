package org.plumbline.dsl.model;

import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Kind;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;

/** Feedback: a kind, who gives it, on what, and how much. */
public sealed interface FeedbackSpec {

  /** Pairs of answers to one prompt, sampled from a policy and compared by evaluators. */
  @Kind("comparisons")
  @Doc("pairs of sampled answers to one prompt, compared by evaluators")
  record Comparisons(
      @Doc("the policy whose answers are compared") @Refers(Section.POLICIES_OR_MODELS) String of,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc("who compares") @Refers(Section.EVALUATORS) String evaluators,
      @Doc(value = "pairs of answers", unit = "pairs") @Range("[1, inf)") int pairs,
      @Doc(value = "most pairs drawn for one prompt", unit = "pairs")
          @Default("16")
          @Range("[1, inf)")
          int perPrompt,
      @Doc("show every pair in both orders and average (judges only)") @Default("false")
          boolean bothOrders,
      @Doc("how many people see the same pair, and for which share of the pairs") @Default("{}")
          Redundancy redundancy,
      @Doc("sampling temperature") @Default("1") @Range("(0, 10]") double temperature,
      @Doc(value = "longest answer", unit = "tokens") @Default("24") @Range("[1, 4096]")
          int maxNewTokens)
      implements FeedbackSpec {}

  /** Preferences that already exist in a data set. */
  @Kind("recorded")
  @Doc("preferences that already exist in a data set")
  record Recorded(
      @Doc("a data set whose rows have `chosen` and `rejected`") @Refers(Section.DATA) String data,
      @Doc(value = "how many of its rows; default: all", unit = "pairs") @Range("[1, inf)")
          @Nullable Integer pairs)
      implements FeedbackSpec {}

  /** Several people label the same pair; majority decides, and agreement can be measured. */
  @Doc("several people label the same pair; the majority decides and agreement is measured")
  record Redundancy(
      @Doc(value = "people per pair", unit = "people") @Default("1") @Range("[1, 99]") int people,
      @Doc("the share of pairs that so many people label") @Default("1") @Range("(0, 1]")
          double share) {}
}
