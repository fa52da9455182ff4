// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Aggregate;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Redundancy;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.rlhf.aggregation.Influence;
import org.plumbline.engine.rlhf.agreement.AgreementEstimate;
import org.plumbline.engine.rlhf.agreement.KrippendorffAlpha;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.evaluators.Population;
import org.plumbline.engine.rlhf.values.Features;
import org.plumbline.engine.rlhf.values.Utility;

/** Feedback without a policy: made-up people label made-up answers, as often as is wanted. */
public final class Rehearsal {
  private static final int PROMPTS = 2000;
  private static final int ANSWERS = 16;
  private static final ValuesSpec VALUES =
      new ValuesSpec(
          null,
          Map.of(
              "thanks", new FeatureSpec.ContainsAny(List.of("thank", "please")),
              "words", new FeatureSpec.Length(FeatureSpec.LengthUnit.WORDS)),
          Map.of("thanks", 1.0, "words", -0.1));

  private final List<DrawnPair> pairs = new ArrayList<>();
  private final Population population;
  private final int each;

  /**
   * A rehearsal.
   *
   * @param people how many there are: most are careful, some hurried, some always the other way
   * @param labels how many they give in all
   * @param each how many of them see a pair
   */
  public Rehearsal(int people, int labels, int each) throws IOException {
    Map<String, Group> groups = new LinkedHashMap<>();
    groups.put("careful", new Group(people - people / 2, null, 4, 0, 0, 0, 0, null));
    groups.put("hurried", new Group(people / 2 - people / 5, null, 2, 0.2, 0, 0.05, 0.3, null));
    groups.put("contrary", new Group(people / 5, null, 4, 0.5, 0, 0, 0, null));
    EvaluatorsSpec spec = new EvaluatorsSpec("made-up", 1, groups, null);
    Features.Sources none =
        path -> {
          throw new IllegalStateException("nothing names a file: " + path);
        };
    this.population = Population.of(spec, name -> Utility.of(name, any -> VALUES, none), none, 1);
    this.each = each;
    for (int i = 0; i < labels / each; i++) {
      int one = i * 7 % ANSWERS;
      int two = (one + 1 + i * 3 % (ANSWERS - 1)) % ANSWERS;
      Prompt prompt = Prompt.of("what became of parcel " + i % PROMPTS + "?");
      pairs.add(new DrawnPair(i, prompt, answer(one), answer(two), true, true));
    }
  }

  private static Answer answer(int which) {
    return Answer.of("it is late ".repeat(1 + which / 2) + (which % 2 == 0 ? "thank you" : "wait"));
  }

  /** All labels of all pairs, of people who have not labelled before. */
  public Labels label() {
    Verdicts noJudges = new Verdicts(Map.of());
    PeopleLabelling.Terms terms =
        new PeopleLabelling.Terms(
            new Redundancy(each, 1), "", AskedAgain.of(null, 1), KnownQuestions.none(1));
    try (PeopleLabelling labelling = new PeopleLabelling(population, terms, noJudges, 1)) {
      return new Labels(pairs, labelling.label(pairs));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // only judges are far away
    }
  }

  /** What was said. */
  public static final class Labels {
    private final List<DrawnPair> pairs;
    private final List<LabelRow> rows;

    private Labels(List<DrawnPair> pairs, List<LabelRow> rows) {
      this.pairs = pairs;
      this.rows = rows;
    }

    /** How many labels there are. */
    public int count() {
      return rows.size();
    }

    /** How many pairs something is said of, once their labels have become one. */
    public int combined(Aggregate by) {
      return CombinedLabels.of(new CombinedLabels.Rule(by), pairs, rows).one().size();
    }

    /** How much each of those who labelled moves the result. */
    public double[] influence() {
      return Influence.of(new CountedBallots(pairs, rows).ballots());
    }

    /** Krippendorff's alpha, with an interval by resampling pairs. */
    public AgreementEstimate alpha() {
      return AgreementEstimate.of(
          AgreementSummary.ratings(rows),
          ratings -> KrippendorffAlpha.of(ratings, KrippendorffAlpha.Metric.NOMINAL),
          1);
    }
  }
}
