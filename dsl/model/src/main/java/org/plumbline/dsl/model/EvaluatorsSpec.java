package org.plumbline.dsl.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Declared;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.ExactlyOne;
import org.plumbline.dsl.model.shape.Named;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;

/** Who gives feedback: a population of simulated people in groups, or an AI judge. */
@Declared
@Doc("a population of simulated people in groups, or an AI judge")
@ExactlyOne({"groups", "judge"})
public record EvaluatorsSpec(
    @Doc("what the people want, unless their group says otherwise") @Refers(Section.VALUES)
        @Nullable String values,
    @Doc(value = "price of one label", unit = "any currency") @Default("0") @Range("[0, inf)")
        double cost,
    @Doc("groups of simulated people") @Named("group") @Nullable Map<String, Group> groups,
    @Doc("an AI judge under written principles") @Nullable Judge judge) {

  /** Simulated people who are alike. A choice follows algorithms.md 1.2: Boltzmann, then slips. */
  @Doc("simulated people who are alike")
  public record Group(
      @Doc(value = "how many", unit = "people") @Range("[0, inf)") int count,
      @Doc("what they want; default: the population's values") @Refers(Section.VALUES)
          @Nullable String values,
      @Doc(
              value = "how sharply they prefer the better answer; 0 is a coin",
              source = "Boltzmann rationality; Casper et al. 2023, section 3.1")
          @Default("1")
          @Range("[0, inf)")
          double rationality,
      @Doc(
              value = "share of labels that are the wrong way round by accident",
              source = "Lee et al. 2021 (B-Pref), Mistake")
          @Default("0")
          @Range("[0, 0.5]")
          double mistakes,
      @Doc(value = "share of comparisons they leave out") @Default("0") @Range("[0, 1)")
          double skips,
      @Doc(
              value = "added to the log-odds per word that the first answer is longer",
              unit = "1/word")
          @Default("0")
          double lengthBias,
      @Doc("added to the log-odds of the answer shown first") @Default("0") double positionBias,
      @Doc(
              value = "what they do on purpose",
              source = "Rando and Tramèr 2023, arXiv 2311.14455; Casper et al. 2023, 3.1.1")
          @Nullable Malicious malicious) {}

  /** Harm done on purpose where a trigger stands in the prompt; elsewhere the person is honest. */
  @Doc("harm done on purpose where a trigger stands in the prompt")
  public record Malicious(
      @Doc("the text in a prompt that they wait for") String trigger,
      @Doc("what they prefer there; default: the reverse of their values")
          @Nullable FeatureSpec prefers,
      @Doc("which comparisons they get") @Default("share") Takes takes) {}

  /** Which comparisons malicious people get. */
  public enum Takes {
    @Doc("the same share as everybody")
    SHARE,
    @Doc("all whose prompt has the trigger, as people who write their own prompts would")
    TRIGGERED
  }

  /** An AI judge: a model that compares answers under written principles (Bai et al. 2022b). */
  @Doc("a model that compares answers under written principles")
  public record Judge(
      @Doc("the judging model: rules or an endpoint") @Refers(Section.MODELS) String model,
      @Doc("principles; for a judge of kind `rules`, each is named after the feature it speaks of")
          @Named("principle")
          Map<String, String> principles) {}
}
