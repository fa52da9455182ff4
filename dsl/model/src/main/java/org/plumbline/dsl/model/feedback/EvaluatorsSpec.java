// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.feedback;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Declared;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.ExactlyOne;
import org.plumbline.dsl.model.shape.Later;
import org.plumbline.dsl.model.shape.Named;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.values.FeatureSpec;

/** Who gives feedback: simulated people in groups, an AI judge, or real people. */
@Declared
@Doc("simulated people in groups, an AI judge, or real people")
@ExactlyOne({"groups", "judge", "annotators"})
public record EvaluatorsSpec(
    @Doc("what the people want, unless their group says otherwise") @Refers(Section.VALUES)
        @Nullable String values,
    @Doc(value = "price of one label", unit = "any currency") @Default("0") @Range("[0, inf)")
        double cost,
    @Doc("groups of simulated people") @Named("group") @Nullable Map<String, Group> groups,
    @Doc("an AI judge under written principles") @Nullable Judge judge,
    @Doc(value = "how many people there are in all, where groups have a `share`", unit = "people")
        @Range("[1, inf)")
        @Nullable Integer size,
    @Doc(
            value =
                "share of the pairs seen by several people in which all of them make one common mistake or none: what is random in their choices, mistakes and lapses is drawn once for all",
            source = "shared-shock model; Casper et al. 2023, section 3.1.1")
        @Range("[0, 1)")
        @Nullable Double correlatedErrors,
    @Doc("real people, who label on a page") @Later @Nullable Annotators annotators,
    @Doc("what sounds sure of itself, where people have a `confidence_bias`; absent: `sounds_sure`")
        @Nullable FeatureSpec sureWhen,
    @Doc(
            "what agrees with the asker, where people have a `sycophancy_bias`; absent:"
                + " `agrees_with_asker`")
        @Nullable FeatureSpec agreesWhen,
    @Doc(
            value = "who of these people is taken; absent: all",
            source = "Casper et al. 2023, section 3.1.1 (selecting representative people)")
        @Nullable Hiring hiring) {

  /** Groups or a judge. */
  public EvaluatorsSpec(
      @Nullable String values,
      double cost,
      @Nullable Map<String, Group> groups,
      @Nullable Judge judge) {
    this(values, cost, groups, judge, null, null, null, null, null, null);
  }

  /** Simulated people who are alike. A choice follows algorithms.md 1.2: Boltzmann, then slips. */
  @Doc("simulated people who are alike")
  public record Group(
      @Doc(value = "how many; needed unless `share` is given", unit = "people")
          @Default("0")
          @Range("[0, inf)")
          int count,
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
          @Nullable Malicious malicious,
      @Doc(
              "their share of all people, in place of `count`; shares add up to 1, and people are apportioned by largest remainder")
          @Range("[0, 1]")
          @Nullable Double share,
      @Doc(
              value =
                  "answers whose worth differs by less are called equal, whatever biases, mistakes and lapses would make of the choice",
              source = "Lee et al. 2021 (B-Pref), Equal")
          @Range("[0, inf)")
          @Nullable Double equalBelow,
      @Doc(
              value = "pairs in which neither answer is worth more than this are left out",
              source = "Lee et al. 2021 (B-Pref), Skip")
          @Nullable Double skipBelow,
      @Doc(
              value =
                  "weight of a word relative to the one after it, where a word is worth what it adds to the words before it; 1 weighs all alike",
              source = "Lee et al. 2021 (B-Pref), Myopic, 0.9")
          @Range("(0, 1]")
          @Nullable Double myopia,
      @Doc(
              value = "share of choices made without looking, by a coin",
              source = "Christiano et al. 2017, section 2.2.3, 0.1")
          @Range("[0, 1]")
          @Nullable Double lapses,
      @Doc(
              value =
                  "rationality by topic; of topics that match a prompt, the one they know best counts, and where none does, `rationality`",
              source = "Daniels-Koch and Freedman 2022, arXiv 2211.06519")
          @Named("topic")
          @Nullable Map<String, Expertise> expertise,
      @Doc(
              value = "added to the log-odds of the answer that sounds sure of itself",
              source = "Casper et al. 2023, section 3.1.3")
          @Nullable Double confidenceBias,
      @Doc(
              value =
                  "added to the log-odds of the answer that agrees with what the prompt says the asker thinks",
              source = "Perez et al. 2022; Sharma et al. 2023")
          @Nullable Double sycophancyBias,
      @Doc("how they tire") @Nullable Fatigue fatigue,
      @Doc(
              value = "how much of an answer they see; all else they do is about what they see",
              source = "Lang et al. 2024, arXiv 2402.17747; Casper et al. 2023, section 3.1.2")
          @Nullable View sees,
      @Doc("how they use a rating scale (`scalar`, `likert`)") @Nullable Ratings ratings,
      @Doc(
              value = "labels that they have a judge make for them",
              source = "Veselovsky et al. 2023; Casper et al. 2023, section 3.1.1")
          @Nullable Outsourcing outsourcing,
      @Doc(
              value = "price of one of their labels, in place of the price of all",
              unit = "any currency")
          @Range("[0, inf)")
          @Nullable Double cost,
      @Doc(value = "how rationality falls where prompts are hard: it is multiplied by exp(-d)")
          @Nullable Difficulty difficulty,
      @Doc(
              value = "what else sways them, such as the form of an answer or that it evades",
              source = "Casper et al. 2023, section 3.1.3")
          @Named("bias")
          @Nullable Map<String, Sway> biases,
      @Doc(
              value = "how what they want changes while they label",
              source = "Casper et al. 2023, section 3.1.1 and appendix A")
          @Nullable Drift drift,
      @Doc(
              value =
                  "circumstances in which they want something else or look less closely, such as the time of day or how they are asked; the first that holds counts",
              source = "Casper et al. 2023, sections 3.1.1 and 3.2.1, appendix A (context)")
          @Named("circumstance")
          @Nullable Map<String, Circumstance> contexts,
      @Doc(
              value = "tastes that go round in a circle, which no utility describes",
              source = "Tversky 1969; Munos et al. 2023, arXiv 2312.00886")
          @Nullable Intransitive intransitive) {

    /** Traits that comparisons need. */
    public Group(
        int count,
        @Nullable String values,
        double rationality,
        double mistakes,
        double skips,
        double lengthBias,
        double positionBias,
        @Nullable Malicious malicious) {
      this(
          count,
          values,
          rationality,
          mistakes,
          skips,
          lengthBias,
          positionBias,
          malicious,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null);
    }
  }

  /** Topics that people know more or less about. */
  @Doc("a topic that people know more or less about")
  public record Expertise(
      @Doc("a Java regular expression that is found in prompts of the topic") String matches,
      @Doc("rationality there") @Range("[0, inf)") double rationality) {}

  /** Something beside the worth of answers that sways a choice. */
  @Doc("something beside the worth of answers that sways a choice")
  public record Sway(
      @Doc("what looks better, read off an answer") FeatureSpec of,
      @Doc("added to the log-odds for each 1 that the first answer has more of it") double weight,
      @Doc("a Java regular expression; only prompts in which it is found; absent: all")
          @Nullable String where) {}

  /** Values that move from one to another. */
  @Doc("values that move from theirs to others, exponentially in the labels of a person")
  public record Drift(
      @Doc("what they come to want") @Refers(Section.VALUES) String to,
      @Doc(value = "labels after which they have moved by 63 % of the way", unit = "labels")
          @Default("100")
          @Range("(0, inf)")
          double labels) {}

  /** Circumstances of a label. */
  @Doc("circumstances in which people want something else or look less closely")
  public record Circumstance(
      @Doc(
              "share of their labels that are given so, by chance, of those at which the other keys hold; absent: all of them")
          @Range("(0, 1]")
          @Nullable Double share,
      @Doc("a Java regular expression that is found in the `instructions` of the feedback")
          @Nullable String told,
      @Doc("a Java regular expression that is found in the prompt") @Nullable String where,
      @Doc("what they want then; absent: what they always want") @Refers(Section.VALUES)
          @Nullable String values,
      @Doc("rationality then; absent: as always") @Range("[0, inf)")
          @Nullable Double rationality) {}

  /** Tastes that go round in a circle. */
  @Doc(
      "added to the log-odds is `weight * (of(first) * and(second) - of(second) * and(first))`, which turns round where the answers do and goes round in a circle over three of them")
  public record Intransitive(
      @Doc("one feature of an answer") FeatureSpec of,
      @Doc("another feature") FeatureSpec and,
      @Doc("how much") @Default("1") double weight) {}

  /** How much harder some prompts are than others. */
  @Doc("how hard a prompt is")
  public record Difficulty(
      @Doc("what makes a prompt hard, read off the prompt as off an answer") FeatureSpec of,
      @Doc("d is this many times the feature") @Default("1") @Range("[0, inf)") double weight) {}

  /** How people tire: rationality falls exponentially from one break to the next. */
  @Doc("how they tire: rationality falls exponentially until the next break")
  public record Fatigue(
      @Doc("rationality that it falls to; who is below it already does not tire")
          @Default("0.5")
          @Range("[0, inf)")
          double rationality,
      @Doc(value = "labels after which it has fallen by 63 % of the way", unit = "labels")
          @Default("50")
          @Range("(0, inf)")
          double labels,
      @Doc(value = "labels between breaks; absent: no break", unit = "labels") @Range("[1, inf)")
          @Nullable Integer session) {}

  /** What people see of an answer. */
  @Doc("what people see of an answer")
  public record View(
      @Doc(value = "only so many words", unit = "words") @Range("[1, inf)") @Nullable Integer limit,
      @Doc("from where they are counted") @Default("start") End from,
      @Doc("a Java regular expression; what it finds is hidden, before words are counted")
          @Nullable String hides) {}

  /** An end of a text. */
  public enum End {
    @Doc("the start")
    START,
    @Doc("the end")
    END
  }

  /** How people use a rating scale. */
  @Doc("how they use a rating scale")
  public record Ratings(
      @Doc("how much a rating rises with the worth of the answer") @Default("1") double gain,
      @Doc("added to all ratings") @Default("0") double offset,
      @Doc(value = "standard deviation of a rating") @Default("0") @Range("[0, inf)") double noise,
      @Doc("share of the last rating that goes into the next; below 0 they contrast")
          @Default("0")
          @Range("(-1, 1)")
          double carryOver) {}

  /** Labels made by a machine. */
  @Doc("labels that they have a judge make for them")
  public record Outsourcing(
      @Doc("share of the labels") @Range("[0, 1]") double share,
      @Doc(
              "the judge, who is asked once of a pair and whose verdict all copy who ask; the price of the label stays that of the person")
          @Refers(Section.EVALUATORS)
          String judge) {}

  /** Real people. */
  @Doc("real people, who label on a page")
  public record Annotators(
      @Doc("what they are told, as it stands on the page") String instructions,
      @Doc(value = "people who may take part; absent: any number", unit = "people")
          @Range("[1, inf)")
          @Nullable Integer size,
      @Doc(value = "how long labels are waited for", unit = "hours")
          @Default("72")
          @Range("(0, inf)")
          double waitHours,
      @Doc(value = "most labels of one person", unit = "labels") @Range("[1, inf)")
          @Nullable Integer perPerson,
      @Doc("share of the questions whose answer is known, to find who does not look")
          @Default("0.05")
          @Range("[0, 0.5]")
          double goldQuestions) {}

  /** Harm done on purpose at some prompts, or at all; elsewhere the person is honest. */
  @Doc(
      "harm done on purpose: at all prompts, or at those that the keys below pick, all of which hold")
  public record Malicious(
      @Doc("the text in a prompt that they wait for") @Nullable String trigger,
      @Doc("what they prefer there; default: the reverse of their values")
          @Nullable FeatureSpec prefers,
      @Doc("which comparisons they get") @Default("share") Takes takes,
      @Doc("a Java regular expression; only prompts in which it is found, such as those of a topic")
          @Nullable String where,
      @Doc(
              "only this share of the prompts, by chance, and the same ones for all people of the group")
          @Range("(0, 1]")
          @Nullable Double share,
      @Doc(
              value =
                  "share of their questions whose prompt they write: the trigger stands in front of it before it is answered",
              source = "interactive prompts; Rando and Tramèr 2023; Casper et al. 2023, appendix A")
          @Range("(0, 1]")
          @Nullable Double writes,
      @Doc(
              value =
                  "the worst case: only where answers differ by at least so much in what they prefer, so that what they flip is what harms most; elsewhere they are honest",
              source = "Rando and Tramèr 2023 (oracle poisoning)")
          @Range("(0, inf)")
          @Nullable Double worstCase) {

    /** At prompts with a trigger. */
    public Malicious(String trigger, @Nullable FeatureSpec prefers, Takes takes) {
      this(trigger, prefers, takes, null, null, null, null);
    }
  }

  /** Who of the people that apply is taken. */
  @Doc(
      "who of these people is taken: all compare answers on trial, and those who agree best with whoever hires them stay")
  public record Hiring(
      @Doc(value = "how many stay; absent: all who qualify", unit = "people") @Range("[1, inf)")
          @Nullable Integer people,
      @Doc(
              value =
                  "pairs that each compares on trial, paid as any label; 0 picks people by chance",
              unit = "pairs")
          @Default("20")
          @Range("[0, 10000]")
          int questions,
      @Doc(
              "the values by which whoever hires labels these pairs, without mistakes; absent: the population's")
          @Refers(Section.VALUES)
          @Nullable String values,
      @Doc("share of the pairs on which somebody must agree to qualify") @Range("[0, 1]")
          @Nullable Double atLeast,
      @Doc(
              "the share of each group among those who stay; absent: whoever agrees best, whatever the group")
          @Named("group")
          @Nullable Map<String, Double> quota) {}

  /** Which comparisons malicious people get. */
  public enum Takes {
    @Doc("the same share as everybody")
    SHARE,
    @Doc("all at which they do harm, as people who choose their own prompts would")
    TRIGGERED
  }

  /** An AI judge: a model that compares answers under written principles (Bai et al. 2022b). */
  @Doc("a model that compares answers under written principles")
  public record Judge(
      @Doc(
              "who judges: rules, an endpoint, or a language model of the spec, which is asked for the probabilities of the letters A and B")
          @Refers(Section.POLICIES_OR_MODELS)
          String model,
      @Doc("principles; for a judge of kind `rules`, each is named after the feature it speaks of")
          @Named("principle")
          Map<String, String> principles,
      @Doc(
              value = "what a language model writes before it chooses (chain of thought)",
              unit = "tokens",
              source = "Bai et al. 2022, arXiv 2212.08073, section 4.1; Lee et al. 2023")
          @Range("[1, 4096]")
          @Nullable Integer reasoning) {

    /** A judge that chooses at once. */
    public Judge(String model, Map<String, String> principles) {
      this(model, principles, null);
    }
  }
}
