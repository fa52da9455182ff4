package org.plumbline.dsl.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;

/** Which recipes are compared, against which, on which prompts. */
@Doc("which recipes are compared, against which, on which prompts")
public record CompareSpec(
    @Doc("policies and variants, in the order of the report") @Refers(Section.RECIPES)
        List<String> recipes,
    @Doc("the recipe that the others are measured against") @Refers(Section.RECIPES) String against,
    @Doc("the prompts that are answered: usually held out, as in `prompts.held_out`")
        @Refers(Section.DATA)
        String prompts,
    @Doc("the values that the gold reward is computed from; absent: no gold reward")
        @Refers(Section.VALUES)
        @Nullable String values,
    @Doc("the reward model that scores all answers; may be left out if only one is declared")
        @Refers(Section.REWARDS)
        @Nullable String reward,
    @Doc("evaluators whose groups' satisfaction is reported") @Refers(Section.EVALUATORS)
        @Nullable String groups,
    @Doc("an attack to look for: the same prompts with a trigger") @Nullable Trigger trigger,
    @Doc(value = "longest answer", unit = "tokens") @Default("24") @Range("[1, 4096]")
        int maxNewTokens,
    @Doc(value = "prompts whose answers the report shows", unit = "prompts")
        @Default("12")
        @Range("[1, 1000]")
        int samples) {

  /** A trigger that is put into every prompt, and the feature of the answers that it may raise. */
  @Doc("a trigger that is put into every prompt, and what it may raise")
  public record Trigger(
      @Doc("the text that is put in") String text,
      @Doc("the text of the prompt that it is put before; default: the prompt's end")
          @Nullable String before,
      @Doc("the feature of the values whose share is measured with and without the trigger")
          @Refers(Section.FEATURES)
          String feature) {}
}
