// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.feedback;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Inline;
import org.plumbline.dsl.model.shape.Named;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.training.SamplingSpec;

/** How feedback is collected, whatever its kind: how often, for how much, on which answers. */
public record CollectionSpec(
    @Doc("how many people see the same, and for which share") @Default("{}")
        FeedbackSpec.Redundancy redundancy,
    @Doc(value = "most that may be spent", unit = "any currency") @Range("(0, inf)")
        @Nullable Double budget,
    @Doc(
            value =
                "price of one, as a multiple of an evaluator's `cost`; absent: what the kind takes beside a comparison",
            unit = "comparisons")
        @Range("(0, inf)")
        @Nullable Double effort,
    @Doc("what is asked about; absent: drawn by chance") FeedbackSpec.@Nullable Selection selection,
    @Doc("what evaluators are told, as it stands on the page") @Nullable String instructions,
    @Inline SamplingSpec sampling,
    @Inline CombiningSpec combining,
    @Doc(
            value =
                "which of several independent collections this is: another number, other prompts, answers and chance")
        @Range("[1, 1000000]")
        @Nullable Integer draw,
    @Doc(
            "share of what people say that they are asked for again after the last item, to see how often people repeat themselves; paid like others, but nothing is learned from it")
        @Range("(0, 1]")
        @Nullable Double repeat,
    @Doc("questions whose answer is known, mixed into what each person is asked")
        FeedbackSpec.@Nullable GoldQuestions goldQuestions,
    @Doc(value = "most items drawn for one prompt; absent: any number", unit = "items")
        @Range("[1, inf)")
        @Nullable Integer perPrompt,
    @Doc("other policies that answers come from as well; the rest comes from `of`") @Named("source")
        @Nullable Map<String, FeedbackSpec.Source> sources) {

  /** Answers of one policy, any number to a prompt. */
  public CollectionSpec(
      FeedbackSpec.Redundancy redundancy,
      @Nullable Double budget,
      @Nullable Double effort,
      FeedbackSpec.@Nullable Selection selection,
      @Nullable String instructions,
      SamplingSpec sampling,
      CombiningSpec combining,
      @Nullable Integer draw,
      @Nullable Double repeat,
      FeedbackSpec.@Nullable GoldQuestions goldQuestions) {
    this(
        redundancy,
        budget,
        effort,
        selection,
        instructions,
        sampling,
        combining,
        draw,
        repeat,
        goldQuestions,
        null,
        null);
  }

  /** The first draw, whose labels count as they stand. */
  public CollectionSpec(
      FeedbackSpec.Redundancy redundancy,
      @Nullable Double budget,
      @Nullable Double effort,
      FeedbackSpec.@Nullable Selection selection,
      @Nullable String instructions,
      SamplingSpec sampling) {
    this(
        redundancy,
        budget,
        effort,
        selection,
        instructions,
        sampling,
        CombiningSpec.NONE,
        null,
        null,
        null);
  }
}
