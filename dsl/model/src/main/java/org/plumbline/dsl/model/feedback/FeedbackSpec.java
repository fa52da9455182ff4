// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.feedback;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Inline;
import org.plumbline.dsl.model.shape.Kind;
import org.plumbline.dsl.model.shape.Named;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.shape.Shorthand;
import org.plumbline.dsl.model.training.SamplingSpec;

/** Feedback: a kind, who gives it, on what, and how much. */
public sealed interface FeedbackSpec
    permits FeedbackSpec.Comparisons, FeedbackSpec.Recorded, FeedbackSpec.Pooled, RichFeedbackSpec {

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
      @Inline SamplingSpec sampling,
      @Inline CombiningSpec combining,
      @Doc(
              value = "most that may be spent; ends with the last pair that it pays for wholly",
              unit = "any currency")
          @Range("(0, inf)")
          @Nullable Double budget,
      @Doc("which pairs are asked about; absent: drawn by chance") @Nullable Selection selection,
      @Doc("what evaluators are told, as it stands on the page") @Nullable String instructions,
      @Doc("other policies that answers come from as well; the rest comes from `of`")
          @Named("source")
          @Nullable Map<String, Source> sources,
      @Doc(
              "share of the answers that the same person is asked for again after the last pair, to see how often people repeat themselves; paid like others, but no vote")
          @Range("(0, 1]")
          @Nullable Double repeat,
      @Doc("questions whose answer is known, mixed into what each person is asked")
          @Nullable GoldQuestions goldQuestions,
      @Doc(
              value =
                  "which of several independent collections this is: another number, other prompts, answers and chance")
          @Range("[1, 1000000]")
          @Nullable Integer draw)
      implements FeedbackSpec {
    /** Pairs drawn by chance from one policy. */
    public Comparisons(
        String of,
        String prompts,
        String evaluators,
        int pairs,
        int perPrompt,
        boolean bothOrders,
        Redundancy redundancy,
        SamplingSpec sampling) {
      this(
          of,
          prompts,
          evaluators,
          pairs,
          perPrompt,
          bothOrders,
          redundancy,
          sampling,
          CombiningSpec.NONE,
          null,
          null,
          null,
          null,
          null,
          null,
          null);
    }
  }

  /** Feedback that already exists in a data set. */
  @Kind("recorded")
  @Doc("feedback that already exists in a data set")
  record Recorded(
      @Doc("a data set whose rows have `chosen` and `rejected`, or what `rows` says")
          @Refers(Section.DATA)
          String data,
      @Doc(value = "how many of its rows; default: all", unit = "rows") @Range("[1, inf)")
          @Nullable Integer pairs,
      @Doc("what the rows hold; absent: comparisons") @Nullable Rows rows,
      @Doc(
              "the classes of labels, the wanted one first; absent: by their `class_rank`, or in the"
                  + " order of the rows")
          @Nullable List<String> classes,
      @Inline CombiningSpec combining)
      implements FeedbackSpec {
    /** Comparisons. */
    public Recorded(String data, @Nullable Integer pairs) {
      this(data, pairs, null, null);
    }

    /** Whatever rows hold, as it stands there. */
    public Recorded(
        String data, @Nullable Integer pairs, @Nullable Rows rows, @Nullable List<String> classes) {
      this(data, pairs, rows, classes, CombiningSpec.NONE);
    }
  }

  /** Feedback of several sets as one. */
  @Kind("pooled")
  @Doc("what several sets of one kind say, as one; nobody is asked")
  record Pooled(@Doc("the sets, all of one kind") @Refers(Section.FEEDBACK) List<String> feedback)
      implements FeedbackSpec {}

  /** Several people label the same pair; their share counts, and agreement can be measured. */
  @Doc(
      "several people label the same pair; the share of their votes counts and agreement is"
          + " measured")
  record Redundancy(
      @Doc(value = "people per pair", unit = "people") @Default("1") @Range("[1, 99]") int people,
      @Doc("the share of pairs that so many people label") @Default("1") @Range("(0, 1]")
          double share) {}

  /** Questions whose answer is known. */
  @Doc(
      "questions whose answer is known, mixed into what each person is asked; paid like others, but"
          + " no votes")
  record GoldQuestions(
      @Shorthand
          @Doc("how many for each question that a person is asked, on average")
          @Default("0.1")
          @Range("(0, 1]")
          double share,
      @Doc(value = "how many different ones there are", unit = "questions")
          @Default("20")
          @Range("[1, 10000]")
          int questions,
      @Doc("the values that say what is right; absent: those of the evaluators")
          @Refers(Section.VALUES)
          @Nullable String values) {}

  /** Labels that are left out. */
  @Doc("labels that are left out before the others become one")
  record Filter(
      @Doc(value = "of each person, all labels after so many", unit = "labels") @Range("[1, inf)")
          @Nullable Integer mostPerEvaluator,
      @Doc(
              value =
                  "all labels of people who agree with the others less than most do, by more than so many robust standard deviations",
              unit = "standard deviations",
              source = "Iglewicz and Hoaglin 1993, 3.5")
          @Range("(0, inf)")
          @Nullable Double outliers,
      @Doc("all labels of people who answer a smaller share of their gold questions rightly")
          @Range("[0, 1]")
          @Nullable Double goldAtLeast,
      @Doc(
              value =
                  "of comparisons, all labels of people whose influence on what the labels come to, by a fit without them, is above that of most by more than so many robust standard deviations",
              unit = "standard deviations",
              source = "Cook 1977")
          @Range("(0, inf)")
          @Nullable Double influence) {

    /** Labels of people who were asked no gold questions. */
    public Filter(@Nullable Integer mostPerEvaluator, @Nullable Double outliers) {
      this(mostPerEvaluator, outliers, null);
    }

    /** Labels of people however much they move. */
    public Filter(
        @Nullable Integer mostPerEvaluator,
        @Nullable Double outliers,
        @Nullable Double goldAtLeast) {
      this(mostPerEvaluator, outliers, goldAtLeast, null);
    }
  }

  /** Asks about what is learned most from (algorithms: active query selection). */
  @Doc("asks about what is learned most from")
  record Selection(
      @Doc(
              value = "what makes a question worth asking",
              source = "Christiano et al. 2017, 2.2.4; Houlsby et al. 2011; Lee et al. 2021")
          @Default("disagreement")
          SelectBy by,
      @Doc("the ensemble that knows what is uncertain") @Refers(Section.REWARDS) String reward,
      @Doc("candidates that are scored for each question") @Default("10") @Range("[2, 1000]")
          int candidates,
      @Doc("share of the questions that is drawn by chance, for unbiased measuring")
          @Default("0.2")
          @Range("[0, 1)")
          double random) {}

  /** Another policy that answers come from. */
  @Doc("another policy that answers come from")
  record Source(
      @Doc("the policy") @Refers(Section.POLICIES_OR_MODELS) String of,
      @Doc("its share of the answers") @Range("(0, 1)") double share) {}

  /** What makes a question worth asking. */
  enum SelectBy {
    @Doc("members of the ensemble disagree")
    DISAGREEMENT,
    @Doc("the mean prediction is uncertain")
    ENTROPY,
    @Doc("the answer would tell the members apart (BALD)")
    INFORMATION,
    @Doc("two members drawn by chance expect the most different things (double Thompson sampling)")
    THOMPSON,
    @Doc("unlike what was asked before (k-centre)")
    K_CENTRE
  }

  /** How several labels become one. */
  enum Aggregate {
    @Doc("what most people say; a tie, or nothing, where as many say the contrary")
    MAJORITY,
    @Doc("the share of people who say so")
    SOFT,
    @Doc("weighted by how reliable each person is, which is estimated (Dawid and Skene 1979)")
    DAWID_SKENE,
    @Doc("scores of answers and reliabilities of people together (Chen et al. 2013)")
    CROWD_BT,
    @Doc(
        "points for each answer that is beaten: over all pairs that it stands in, or in all rankings")
    BORDA,
    @Doc(
        "weighted by the log-odds of how reliable each person was on trial, or else is estimated to be (Nitzan and Paroush 1982)")
    WEIGHTED,
    @Doc("what most of every group say; a tie where groups disagree (Bogomolnaia et al. 2005)")
    MAX_MIN,
    @Doc("the lottery with the largest product of what groups get (Bogomolnaia et al. 2005)")
    NASH,
    @Doc("the lottery over the answers to a prompt that no answer beats (Fishburn 1984)")
    MAXIMAL_LOTTERY,
    @Doc("the mean of numbers")
    MEAN,
    @Doc("the middle number, or step of a scale")
    MEDIAN,
    @Doc(
        "the mean of numbers without each person's own way to use the scale (Stiennon et al. 2020)")
    STANDARDIZED
  }

  /** What the rows of a data set hold. */
  enum Rows {
    @Doc("`chosen` and `rejected`")
    COMPARISONS,
    @Doc("`completions` and their `ranks`")
    RANKINGS,
    @Doc("`completions`, and which is `best` (or `ranks`)")
    BEST_OF_K,
    @Doc("`completion` and a `class` (or a `label` that is true or false)")
    LABELS,
    @Doc("`completion` and a `rating`")
    SCALAR,
    @Doc("`completion` and a `rating`, which is a step of a scale from 1 on")
    LIKERT,
    @Doc("`output_1`, `output_2`, and the `slider` between them, above 0 where the first is better")
    SLIDER,
    @Doc("`chosen`, the correction, and `rejected`, which it corrects")
    CORRECTIONS,
    @Doc("`completion`, as people would answer")
    DEMONSTRATIONS,
    @Doc("`completion`, and what people wrote of it as `feedback`")
    LANGUAGE,
    @Doc("`completion`, and `spans` of it with `start`, `end`, `category` and `value`")
    SPAN,
    @Doc("`completions`, the steps, and a label for each")
    STEP
  }
}
