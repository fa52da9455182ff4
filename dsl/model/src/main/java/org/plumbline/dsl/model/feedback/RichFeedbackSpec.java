// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.feedback;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Inline;
import org.plumbline.dsl.model.shape.Kind;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;

/** Feedback of other kinds than comparisons. Casper et al. 2023, section 3.1.4, weighs them. */
public sealed interface RichFeedbackSpec extends FeedbackSpec {

  /** The policy or model whose answers are shown. */
  String of();

  /** The data set of the prompts that are answered. */
  String prompts();

  /** Who gives the feedback. */
  String evaluators();

  /** How many are asked for. */
  int items();

  /** How it is collected. */
  CollectionSpec collection();

  /** Rankings. */
  @Kind("rankings")
  @Doc(
      value = "several answers to a prompt, put in order",
      source = "Plackett 1975; Ouyang et al. 2022")
  record Rankings(
      @Doc("the policy whose answers are shown") @Refers(Section.POLICIES_OR_MODELS) String of,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc("who ranks") @Refers(Section.EVALUATORS) String evaluators,
      @Doc(value = "how many are asked for", unit = "rankings") @Range("[1, inf)") int items,
      @Doc(value = "answers that are ranked", unit = "answers") @Default("4") @Range("[2, 26]")
          int k,
      @Inline CollectionSpec collection)
      implements RichFeedbackSpec {}

  /** Choices of the best. */
  @Kind("best_of_k")
  @Doc(
      value = "several answers to a prompt, of which the best is chosen",
      source = "Ziegler et al. 2019")
  record BestOfK(
      @Doc("the policy whose answers are shown") @Refers(Section.POLICIES_OR_MODELS) String of,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc("who chooses") @Refers(Section.EVALUATORS) String evaluators,
      @Doc(value = "how many are asked for", unit = "choices") @Range("[1, inf)") int items,
      @Doc(value = "answers to choose from", unit = "answers") @Default("4") @Range("[2, 26]")
          int k,
      @Inline CollectionSpec collection)
      implements RichFeedbackSpec {}

  /** Ratings. */
  @Kind("scalar")
  @Doc(value = "a number for an answer", source = "Ziegler et al. 2019 (ScalarRating)")
  record Scalar(
      @Doc("the policy whose answers are shown") @Refers(Section.POLICIES_OR_MODELS) String of,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc("who rates") @Refers(Section.EVALUATORS) String evaluators,
      @Doc(value = "how many are asked for", unit = "ratings") @Range("[1, inf)") int items,
      @Doc("lowest rating") @Default("0") double low,
      @Doc("highest rating") @Default("1") double high,
      @Inline CollectionSpec collection)
      implements RichFeedbackSpec {}

  /** Likert scales. */
  @Kind("likert")
  @Doc(
      value = "a step of a scale for an answer",
      source = "Likert 1932; Ethayarajh and Jurafsky 2022")
  record Likert(
      @Doc("the policy whose answers are shown") @Refers(Section.POLICIES_OR_MODELS) String of,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc("who rates") @Refers(Section.EVALUATORS) String evaluators,
      @Doc(value = "how many are asked for", unit = "ratings") @Range("[1, inf)") int items,
      @Doc(value = "steps of the scale", unit = "steps") @Default("5") @Range("[2, 11]") int levels,
      @Doc("what the steps are called, the lowest first; absent: numbers from 1")
          @Nullable List<String> anchors,
      @Inline CollectionSpec collection)
      implements RichFeedbackSpec {}

  /** Sliders. */
  @Kind("slider")
  @Doc(
      value = "how much better one of two answers is, from -1 to 1",
      source = "Wilde et al. 2021, arXiv 2110.00284")
  record Slider(
      @Doc("the policy whose answers are shown") @Refers(Section.POLICIES_OR_MODELS) String of,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc("who compares") @Refers(Section.EVALUATORS) String evaluators,
      @Doc(value = "how many are asked for", unit = "pairs") @Range("[1, inf)") int items,
      @Doc("log-odds of the choice at which the slider meets its end")
          @Default("2")
          @Range("(0, inf)")
          double saturation,
      @Doc("standard deviation of the hand") @Default("0.2") @Range("[0, inf)") double noise,
      @Inline CollectionSpec collection)
      implements RichFeedbackSpec {}

  /** Labels. */
  @Kind("labels")
  @Doc(value = "a class for an answer", source = "Casper et al. 2023, section 3.1.4")
  record Labels(
      @Doc("the policy whose answers are shown") @Refers(Section.POLICIES_OR_MODELS) String of,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc("who labels") @Refers(Section.EVALUATORS) String evaluators,
      @Doc(value = "how many are asked for", unit = "labels") @Range("[1, inf)") int items,
      @Doc("the classes, the wanted one first") @Default("[good, bad]") List<String> classes,
      @Doc(
              value = "whether `other` may be answered",
              source = "choice-set misspecification: Freedman et al. 2021")
          @Default("false")
          boolean allowOther,
      @Doc(
              value =
                  "values of how far an answer belongs to none of the classes, in log-odds beside a class of worth 0",
              source = "choice-set misspecification: Freedman et al. 2021")
          @Refers(Section.VALUES)
          @Nullable String other,
      @Inline CollectionSpec collection)
      implements RichFeedbackSpec {}

  /** Corrections. */
  @Kind("corrections")
  @Doc(
      value = "an answer, and a better one made from it",
      source = "Bajcsy et al. 2017; Casper et al. 2023, section 3.1.4")
  record Corrections(
      @Doc("the policy whose answers are shown") @Refers(Section.POLICIES_OR_MODELS) String of,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc("who corrects") @Refers(Section.EVALUATORS) String evaluators,
      @Doc(value = "how many are asked for", unit = "corrections") @Range("[1, inf)") int items,
      @Doc(value = "answers that a simulated person chooses the correction from", unit = "answers")
          @Default("4")
          @Range("[1, 256]")
          int candidates,
      @Doc(value = "most words that are changed; absent: any", unit = "words") @Range("[1, inf)")
          @Nullable Integer edits,
      @Inline CollectionSpec collection)
      implements RichFeedbackSpec {}

  /** Demonstrations. */
  @Kind("demonstrations")
  @Doc(
      value =
          "answers that people give themselves; simulated people choose theirs from samples of a policy",
      source = "Ouyang et al. 2022, section 3.2")
  record Demonstrations(
      @Doc("the policy whose answers are shown") @Refers(Section.POLICIES_OR_MODELS) String of,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc("who answers") @Refers(Section.EVALUATORS) String evaluators,
      @Doc(value = "how many are asked for", unit = "rows") @Range("[1, inf)") int items,
      @Doc(value = "answers that a simulated person chooses from", unit = "answers")
          @Default("16")
          @Range("[1, 4096]")
          int candidates,
      @Inline CollectionSpec collection)
      implements RichFeedbackSpec {}

  /** Words. */
  @Kind("language")
  @Doc(
      value = "what people write about an answer",
      source = "Scheurer et al. 2023, arXiv 2303.16755")
  record Language(
      @Doc("the policy whose answers are shown") @Refers(Section.POLICIES_OR_MODELS) String of,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc("who writes") @Refers(Section.EVALUATORS) String evaluators,
      @Doc(value = "how many are asked for", unit = "texts") @Range("[1, inf)") int items,
      @Doc(value = "remarks per answer", unit = "remarks") @Default("1") @Range("[1, 16]")
          int remarks,
      @Inline CollectionSpec collection)
      implements RichFeedbackSpec {}

  /** Spans. */
  @Kind("span")
  @Doc(
      value = "what is bad or good about which part of an answer",
      source = "Wu et al. 2023, arXiv 2306.01693")
  record Span(
      @Doc("the policy whose answers are shown") @Refers(Section.POLICIES_OR_MODELS) String of,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc("who marks") @Refers(Section.EVALUATORS) String evaluators,
      @Doc(value = "how many are asked for", unit = "answers") @Range("[1, inf)") int items,
      @Doc(
              "in which respects parts are marked: features of the people's values; absent: all that"
                  + " have a weight")
          @Nullable List<String> categories,
      @Doc("what is marked") @Default("sentence") SpanUnit unit,
      @Inline CollectionSpec collection)
      implements RichFeedbackSpec {}

  /** Steps. */
  @Kind("step")
  @Doc(
      value = "whether each step of an answer is right (process supervision)",
      source = "Uesato et al. 2022; Lightman et al. 2023, arXiv 2305.20050")
  record Step(
      @Doc("the policy whose answers are shown") @Refers(Section.POLICIES_OR_MODELS) String of,
      @Doc("the prompts that are answered") @Refers(Section.DATA) String prompts,
      @Doc("who judges") @Refers(Section.EVALUATORS) String evaluators,
      @Doc(value = "how many are asked for", unit = "answers") @Range("[1, inf)") int items,
      @Doc("the text that ends a step") @Default(".") String separator,
      @Doc("the labels of a step") @Default("ternary") StepLabels scale,
      @Doc("stop at the first step that is wrong") @Default("true") boolean untilWrong,
      @Inline CollectionSpec collection)
      implements RichFeedbackSpec {}

  /** What is marked in an answer. */
  enum SpanUnit {
    @Doc("sentences")
    SENTENCE,
    @Doc("parts of sentences")
    CLAUSE,
    @Doc("words")
    WORD
  }

  /** The labels of a step. */
  enum StepLabels {
    @Doc("right or wrong")
    BINARY,
    @Doc("right, neutral or wrong")
    TERNARY
  }
}
