// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.reward.ComposedRewardSpec;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.evaluators.Person;
import org.plumbline.engine.rlhf.evaluators.Population;
import org.plumbline.engine.rlhf.respondents.ItemTerms;
import org.plumbline.engine.rlhf.respondents.OutsourcedLabels;
import org.plumbline.engine.rlhf.respondents.Respondents;
import org.plumbline.engine.rlhf.respondents.ScalarForm;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.values.Features;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;
import org.plumbline.engine.store.content.Checkpoint;

/**
 * People as the reward itself: somebody scores every answer of the policy while it learns, and is
 * paid for it (Casper et al. 2023, section 4.2.2, direct human oversight).
 *
 * <p>One person scores each answer, as in {@code scalar} feedback. What was said is part of the
 * policy's artifact, {@code labels.jsonl}, and of its checkpoints, so that nobody is asked or paid
 * twice. An answer of which the person says nothing gets the mean of those scored with it. Before
 * an update whose answers cannot all be paid the policy stops learning.
 */
public final class DirectOversight implements Stage {
  static final String PEOPLE = "direct_oversight";

  @Override
  public String operation() {
    return PEOPLE;
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public boolean computesWithEngine() {
    return false;
  }

  @Override
  public void run(StageContext context) throws IOException {
    ComposedRewardSpec.DirectOversight settings =
        context.settings(ComposedRewardSpec.DirectOversight.class);
    EvaluatorsSpec declared =
        context.declared(Section.EVALUATORS, settings.evaluators(), EvaluatorsSpec.class);
    if (declared.groups() == null || declared.hiring() != null) {
      throw new StageFailure(
          "PLB0216",
          declared.groups() == null
              ? "evaluators `" + settings.evaluators() + "` are no people"
              : "people who oversee a policy cannot be hired on trial: there are no answers yet",
          "evaluators",
          "name evaluators that declare `groups`"
              + (declared.groups() == null ? ", or use `ai_judge`" : " and no `hiring`"));
    }
    population(context, declared);
    CarriedContext.write(context, Canonical.keys(settings));
    Rewards.write(context, PEOPLE, Map.of(), Map.of());
  }

  private static Population population(StageContext context, EvaluatorsSpec declared)
      throws IOException {
    return Population.of(
        declared,
        name -> Utility.declared(context, name),
        Features.declared(context),
        context.seed());
  }

  static RewardFunction open(StageContext context, Artifact reward) throws IOException {
    CarriedContext carried = CarriedContext.open(context, reward);
    ComposedRewardSpec.DirectOversight settings =
        carried.settings(ComposedRewardSpec.DirectOversight.class);
    EvaluatorsSpec declared =
        carried.declared(Section.EVALUATORS, settings.evaluators(), EvaluatorsSpec.class);
    Respondents people =
        new Respondents(
            population(carried, declared),
            ItemTerms.of(
                settings.effort(),
                settings.instructions(),
                declared,
                OutsourcedLabels.judges(carried, declared, PEOPLE)),
            new ScalarForm(settings.low(), settings.high()),
            declared.values() == null ? null : Utility.declared(carried, declared.values()),
            context.seed());
    return new Overseers(context, people, settings.budget());
  }

  /** People who are asked. */
  private static final class Overseers implements RewardFunction {
    private final StageContext context;
    private final Respondents people;
    private final ScoreBudget budget;
    private final List<ItemLabel> labels = new ArrayList<>();
    private final Unanswered unanswered = new Unanswered("whoever was asked", () -> null);

    Overseers(StageContext context, Respondents people, @Nullable Double budget) {
      this.context = context;
      this.people = people;
      this.budget = new ScoreBudget(budget);
    }

    @Override
    public void learning(TrainingRun run) throws IOException {
      budget.learning();
      Optional<Checkpoint> checkpoint = context.checkpoint();
      if (checkpoint.isPresent()) {
        Path before = checkpoint.get().folder().resolve(ItemLabel.FILE);
        if (Files.exists(before)) {
          JsonFiles.readLines(before, ItemLabel::of).forEach(this::add);
          people.resume(labels);
          unanswered.resume(labels.size(), labels.stream().filter(ItemLabel::skipped).count());
        }
      }
      run.keep(
          folder ->
              JsonFiles.writeLines(folder.resolve(ItemLabel.FILE), labels, ItemLabel::columns));
    }

    private void add(ItemLabel label) {
      labels.add(label);
      budget.pay(label.cost());
    }

    @Override
    public boolean affords(int answers) {
      return budget.affords(answers, people.dearest());
    }

    @Override
    public Scores score(List<Exchange> answers) {
      budget.require(answers.size(), people.dearest());
      List<OptionalDouble> said = new ArrayList<>();
      for (Exchange answer : answers) {
        Item item =
            new Item(
                labels.size(),
                answer.prompt(),
                List.of(answer.answer()),
                List.of(answer.finished()));
        Person person = people.asked(item).get(0);
        ItemLabel label = people.label(item, person);
        add(label);
        said.add(
            label.response() == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(people.form().place(label.response())));
      }
      return new Scores(unanswered.filled(said), new double[answers.size()]);
    }

    @Override
    public Map<String, Double> logged() {
      Map<String, Double> logged = new LinkedHashMap<>();
      logged.put("labels", (double) labels.size());
      logged.put("cost", budget.spent());
      return logged;
    }

    @Override
    public Optional<FeedbackSummary> asked() {
      Map<String, List<ItemLabel>> byGroup =
          labels.stream()
              .collect(
                  Collectors.groupingBy(ItemLabel::group, LinkedHashMap::new, Collectors.toList()));
      Map<String, Long> count =
          people.population().people().stream()
              .collect(
                  Collectors.groupingBy(Person::group, LinkedHashMap::new, Collectors.counting()));
      List<FeedbackSummary.Group> groups = new ArrayList<>();
      count.forEach(
          (group, many) ->
              groups.add(group(group, many.intValue(), byGroup.getOrDefault(group, List.of()))));
      int skipped = (int) labels.stream().filter(ItemLabel::skipped).count();
      return Optional.of(
          FeedbackSummary.of(labels.size() - skipped, budget.spent(), skipped, groups)
              .with(
                  new FeedbackSummary.Items(
                      PEOPLE, labels.size(), 0, budget.exhausted(), Map.of())));
    }

    private static FeedbackSummary.Group group(String name, int people, List<ItemLabel> labels) {
      int skipped = (int) labels.stream().filter(ItemLabel::skipped).count();
      double cost =
          labels.stream()
              .map(label -> BigDecimal.valueOf(label.cost()))
              .reduce(BigDecimal.ZERO, BigDecimal::add)
              .doubleValue();
      return new FeedbackSummary.Group(
          name, people, labels.size() - skipped, skipped, null, null, null, cost);
    }

    @Override
    public void close() {
      unanswered.note(context);
      if (!budget.isLearning() && !labels.isEmpty()) {
        context.note(
            "people scored "
                + labels.size()
                + " answers here for "
                + budget.paid()
                + ", which stands in no count of labels");
      }
    }
  }
}
