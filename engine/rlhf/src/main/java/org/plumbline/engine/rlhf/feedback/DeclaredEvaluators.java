// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Comparisons;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.rlhf.evaluators.Malice;
import org.plumbline.engine.rlhf.evaluators.Person;
import org.plumbline.engine.rlhf.evaluators.Population;
import org.plumbline.engine.rlhf.judge.Judge;
import org.plumbline.engine.rlhf.judge.Judges;
import org.plumbline.engine.rlhf.values.Feature;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.StageContext;

/**
 * Who evaluates, as the spec declares it.
 *
 * @param labelling labels pairs; closed by whoever opened this
 * @param people how many people each group has, in the order of the spec
 * @param values that labels are measured by; null if none are declared
 * @param gold what answers are worth by them
 * @param malices what malicious people wait for
 * @param judge the judge's name; null for people
 * @param hiring who of the people was taken; null where all were
 * @param tested how people did on questions whose answer is known; empty where none were asked
 */
record DeclaredEvaluators(
    Labelling labelling,
    Map<String, Integer> people,
    @Nullable String values,
    @Nullable Feature gold,
    List<Malice> malices,
    @Nullable String judge,
    FeedbackSummary.@Nullable Hiring hiring,
    Map<String, Hiring.Tested> tested) {

  static DeclaredEvaluators open(
      StageContext context, Comparisons spec, EvaluatorsSpec declared, SampledPolicy.Opener opener)
      throws IOException {
    EvaluatorsSpec.Judge judge = declared.judge();
    return judge == null
        ? ofPeople(context, spec, declared, opener)
        : ofJudge(context, spec, declared, judge);
  }

  private static DeclaredEvaluators ofPeople(
      StageContext context, Comparisons spec, EvaluatorsSpec declared, SampledPolicy.Opener opener)
      throws IOException {
    Hiring.Hired hired = Hiring.people(context, declared, opener, spec.sampling());
    Population population = hired.people();
    String told = spec.instructions() == null ? "" : spec.instructions();
    Map<String, Integer> people = new LinkedHashMap<>();
    if (hired.summary() != null) {
      hired.summary().appliedByGroup().keySet().forEach(group -> people.put(group, 0));
    }
    for (Person person : population.people()) {
      people.merge(person.group(), 1, Integer::sum);
    }
    return new DeclaredEvaluators(
        new PeopleLabelling(
            population,
            new PeopleLabelling.Terms(
                spec.redundancy(),
                told,
                AskedAgain.of(spec.repeat(), context.seed()),
                MixedGold.of(context, spec, declared, opener)),
            outsourced(context, declared),
            context.seed()),
        people,
        declared.values(),
        declared.values() == null ? null : Utility.declared(context, declared.values()),
        population.malices(),
        null,
        hired.summary(),
        hired.tested());
  }

  /** The judges whom people have make their labels. */
  private static Verdicts outsourced(StageContext context, EvaluatorsSpec declared)
      throws IOException {
    Map<String, JudgeLabelling> judges = new LinkedHashMap<>();
    for (var named : Judges.outsourced(context, declared).entrySet()) {
      Judge judge = Judges.open(context, named.getValue());
      // What the verdict costs is the person's affair, who is paid for the label.
      judges.put(named.getKey(), new JudgeLabelling(judge, false, 0, context.seed()));
    }
    return new Verdicts(judges);
  }

  private static DeclaredEvaluators ofJudge(
      StageContext context, Comparisons spec, EvaluatorsSpec declared, EvaluatorsSpec.Judge judge)
      throws IOException {
    boolean declaredModel = Judges.model(context, judge).isEmpty();
    String values =
        declared.values() == null
                && declaredModel
                && context.declared(Section.MODELS, judge.model(), ModelSpec.class)
                    instanceof ModelSpec.Rules rules
            ? rules.values()
            : declared.values();
    return new DeclaredEvaluators(
        new JudgeLabelling(
            Judges.open(context, judge), spec.bothOrders(), declared.cost(), context.seed()),
        Map.of(JudgeLabelling.GROUP, 1),
        values,
        values == null ? null : Utility.declared(context, values),
        List.of(),
        judge.model(),
        null,
        Map.of());
  }
}
