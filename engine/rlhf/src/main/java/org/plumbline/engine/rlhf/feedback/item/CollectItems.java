// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.CollectionSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.evaluators.Person;
import org.plumbline.engine.rlhf.evaluators.Population;
import org.plumbline.engine.rlhf.feedback.GoldAnswered;
import org.plumbline.engine.rlhf.feedback.Hiring;
import org.plumbline.engine.rlhf.feedback.KnownQuestions;
import org.plumbline.engine.rlhf.feedback.PolicyMixture;
import org.plumbline.engine.rlhf.feedback.PromptOrder;
import org.plumbline.engine.rlhf.feedback.SampledPolicy;
import org.plumbline.engine.rlhf.feedback.select.SelectedQuestions;
import org.plumbline.engine.rlhf.judge.Judge;
import org.plumbline.engine.rlhf.judge.Judges;
import org.plumbline.engine.rlhf.judge.RuleJudge;
import org.plumbline.engine.rlhf.respondents.Form;
import org.plumbline.engine.rlhf.respondents.ItemTerms;
import org.plumbline.engine.rlhf.respondents.OutsourcedLabels;
import org.plumbline.engine.rlhf.respondents.Respondents;
import org.plumbline.engine.rlhf.respondents.ScalarForm;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.values.Feature;
import org.plumbline.engine.rlhf.values.GoldStandard;
import org.plumbline.engine.rlhf.values.Utility;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * Collects feedback of one kind: answers are sampled from a policy, and simulated people say
 * something of them.
 *
 * <p>The artifact holds {@code labels.jsonl} (see {@link ItemLabel}) and {@code summary.json}.
 * Every item and every label is a function of the seed and the item's number, so a stage that goes
 * on from a checkpoint gives the same bytes.
 *
 * @param <S> the settings of the kind
 */
public final class CollectItems<S extends RichFeedbackSpec> implements Stage {
  /** The group of a judge in labels. */
  private static final String JUDGE = "judge";

  private final String operation;
  private final Class<S> settings;
  private final Forms<S> forms;

  /** Makes the form of a kind. */
  @FunctionalInterface
  private interface Forms<S> {
    Form of(StageContext context, S settings) throws IOException;
  }

  private CollectItems(String operation, Class<S> settings, Forms<S> forms) {
    this.operation = operation;
    this.settings = settings;
    this.forms = forms;
  }

  /** The stages of all kinds. */
  public static List<Stage> all() {
    return List.of(
        new CollectItems<>(
            "rankings", RichFeedbackSpec.Rankings.class, (c, spec) -> new RankingForm(spec.k())),
        new CollectItems<>(
            "best_of_k", RichFeedbackSpec.BestOfK.class, (c, spec) -> new BestOfKForm(spec.k())),
        new CollectItems<>(
            "scalar",
            RichFeedbackSpec.Scalar.class,
            (c, spec) -> new ScalarForm(spec.low(), spec.high())),
        new CollectItems<>(
            "likert",
            RichFeedbackSpec.Likert.class,
            (c, spec) -> new LikertForm(spec.levels(), spec.anchors())),
        new CollectItems<>(
            "slider",
            RichFeedbackSpec.Slider.class,
            (c, spec) -> new SliderForm(spec.saturation(), spec.noise())),
        new CollectItems<>(
            "corrections",
            RichFeedbackSpec.Corrections.class,
            (c, spec) -> new CorrectionForm(spec.candidates(), spec.edits())),
        new CollectItems<>(
            "demonstrations",
            RichFeedbackSpec.Demonstrations.class,
            (c, spec) -> new DemonstrationForm(spec.candidates())),
        new CollectItems<>(
            "span",
            RichFeedbackSpec.Span.class,
            (c, spec) -> {
              List<String> categories = spec.categories();
              return new SpanForm(categories == null ? wanted(c, spec) : categories, spec.unit());
            }),
        new CollectItems<>(
            "language",
            RichFeedbackSpec.Language.class,
            (c, spec) -> new LanguageForm(wanted(c, spec), spec.remarks())),
        new CollectItems<>(
            "step",
            RichFeedbackSpec.Step.class,
            (c, spec) -> new StepForm(spec.separator(), spec.scale(), spec.untilWrong())),
        new CollectItems<>(
            "labels",
            RichFeedbackSpec.Labels.class,
            (c, spec) -> new LabelForm(spec.classes(), other(c, spec))));
  }

  /** People, or a judge that follows rules. */
  private static Hiring.Hired people(
      StageContext context, EvaluatorsSpec declared, CollectionSpec collection) throws IOException {
    EvaluatorsSpec.Judge judge = declared.judge();
    if (judge == null) {
      return Hiring.people(context, declared, SampledPolicy::open, collection.sampling());
    }
    try (Judge opened = Judges.open(context, judge)) {
      if (opened instanceof RuleJudge rules) {
        return new Hiring.Hired(
            Population.of(rules.person(JUDGE, declared.cost())), null, Map.of());
      }
    }
    throw new StageFailure(
        "PLB0216",
        "the judge is a model, which only compares answers so far",
        "evaluators",
        "name evaluators that declare `groups`, or a judge that follows `rules`");
  }

  /** The features that some group of the evaluators cares about. */
  private static List<String> wanted(StageContext context, RichFeedbackSpec spec)
      throws IOException {
    EvaluatorsSpec declared =
        context.declared(Section.EVALUATORS, spec.evaluators(), EvaluatorsSpec.class);
    if (declared.judge() != null) {
      return List.copyOf(declared.judge().principles().keySet());
    }
    Set<String> values = new LinkedHashSet<>();
    if (declared.values() != null) {
      values.add(declared.values());
    }
    if (declared.groups() != null) {
      for (EvaluatorsSpec.Group group : declared.groups().values()) {
        if (group.values() != null) {
          values.add(group.values());
        }
      }
    }
    Set<String> features = new LinkedHashSet<>();
    for (String name : values) {
      Utility utility = Utility.declared(context, name);
      utility.names().stream()
          .filter(feature -> utility.weight(feature) != 0)
          .forEach(features::add);
    }
    return List.copyOf(features);
  }

  private static @Nullable Feature other(StageContext context, RichFeedbackSpec.Labels spec)
      throws IOException {
    if (!spec.allowOther()) {
      return null;
    }
    return spec.other() == null ? (prompt, answer) -> 0 : Utility.declared(context, spec.other());
  }

  @Override
  public String operation() {
    return operation;
  }

  @Override
  public int version() {
    return 7;
  }

  @Override
  public void run(StageContext context) throws IOException {
    S spec = context.settings(settings);
    CollectionSpec collection = spec.collection();
    EvaluatorsSpec declared =
        context.declared(Section.EVALUATORS, spec.evaluators(), EvaluatorsSpec.class);
    Hiring.Hired hired = people(context, declared, collection);
    Form form = forms.of(context, spec);
    Respondents respondents =
        new Respondents(
            hired.people(),
            ItemTerms.of(
                collection, declared, OutsourcedLabels.judges(context, declared, operation)),
            form,
            declared.values() == null ? null : Utility.declared(context, declared.values()),
            context.seed());
    List<Prompt> prompts = DataSet.of(context, "prompts").prompts();
    Integer each = collection.perPrompt();
    if (each != null) {
      new PromptOrder(prompts, context.seed()).requireEnough("items", spec.items(), each);
    }
    // Who writes prompts is whoever is asked, which is not known of candidates.
    PromptOrder order =
        collection.selection() == null
            ? new PromptOrder(prompts, context.seed(), respondents::worded)
            : new PromptOrder(prompts, context.seed());
    try (PolicyMixture policies =
            PolicyMixture.open(
                context,
                SampledPolicy::open,
                new PolicyMixture.Named(spec.of(), collection.sources()));
        SelectedQuestions<Item> questions =
            SelectedQuestions.of(
                context,
                collection.selection(),
                sampling(policies, order, collection, form, context))) {
      KnownQuestions<KnownItems.Known> gold =
          KnownItems.of(
              context,
              collection.goldQuestions(),
              declared,
              sampling(
                      policies, new PromptOrder(prompts, context.seed()), collection, form, context)
                  .gold());
      ItemCollection items = new ItemCollection(context, questions, respondents, collection, gold);
      items.purse().pay(hired.cost());
      items.collect(spec.items());
      policies.note(context);
      write(context, spec, new Asked(items, respondents, hired.summary(), spec.items()));
      GoldStandard.keep(context, declared, declared.values());
    }
  }

  private static ItemSampling sampling(
      PolicyMixture policies,
      PromptOrder order,
      CollectionSpec collection,
      Form form,
      StageContext context) {
    return new ItemSampling(policies, order, collection.sampling(), form.answers(), context.seed());
  }

  /** Names classes that nobody chose: a model of the labels knows nothing of them. */
  private static void noteUnchosen(StageContext context, LabelForm form, List<ItemLabel> labels) {
    List<String> unchosen = new ArrayList<>(form.classes());
    for (ItemLabel label : labels) {
      if (label.response() instanceof Response.Label said) {
        unchosen.remove(said.name());
      }
    }
    if (!unchosen.isEmpty()) {
      context.note("nobody chose `" + String.join("`, `", unchosen) + "`");
    }
  }

  /** What was asked of whom. */
  private record Asked(
      ItemCollection items,
      Respondents people,
      FeedbackSummary.@Nullable Hiring hiring,
      int wanted) {}

  private static FeedbackSummary.@Nullable Terms terms(CollectionSpec collection, Asked asked) {
    FeedbackSpec.Selection selection = collection.selection();
    if (collection.budget() == null
        && collection.instructions() == null
        && asked.hiring() == null
        && collection.sources() == null
        && selection == null) {
      return null;
    }
    return new FeedbackSummary.Terms(
        collection.budget() == null
            ? null
            : asked.items().purse().summary(asked.wanted(), asked.items().items()),
        collection.instructions(),
        asked.items().answersByPolicy(),
        asked.hiring(),
        selection == null
            ? null
            : new FeedbackSummary.Selected(
                selection.by().name().toLowerCase(Locale.ROOT),
                asked.items().items(),
                asked.items().byChance()));
  }

  /** Keeps what was said besides, if anything was. */
  private static void besides(Path folder, String file, List<ItemLabel> said) throws IOException {
    if (!said.isEmpty()) {
      JsonFiles.writeLines(folder.resolve(file), said, ItemLabel::columns);
    }
  }

  private void write(StageContext context, S spec, Asked asked) throws IOException {
    ItemCollection items = asked.items();
    Respondents respondents = asked.people();
    if (items.labels().stream().allMatch(ItemLabel::skipped)) {
      throw new StageFailure(
          items.spent() ? "PLB0326" : "PLB0521",
          items.items() == 0
              ? "the budget does not pay for one item"
              : "nobody said anything about " + items.items() + " items",
          items.spent() ? "budget" : "evaluators",
          items.spent()
              ? "raise it; one costs the evaluator's `cost` times the `effort` of its kind"
              : "lower `skips` or `skip_below` if the people have them");
    }
    if (items.identical() > 0) {
      context.note(
          items.identical()
              + " of "
              + items.items()
              + " items have nothing but one and the same answer; nobody was asked about them");
    }
    if (respondents.form() instanceof LabelForm form) {
      noteUnchosen(context, form, items.labels());
    }
    items.purse().note(context, spec.items(), items.items(), "items");
    CombinedItems combined =
        CombinedItems.of(
            spec.collection().combining(),
            operation,
            items.labels(),
            KnownItems.answered(items.gold()));
    combined.note(context);
    combined.write(context.output());
    besides(context.output(), "repeated.jsonl", items.again());
    besides(context.output(), GoldAnswered.FILE, items.gold());
    List<Pair> pairs = respondents.form().pairs(combined.filter().kept());
    if (!pairs.isEmpty()) {
      Pairs.write(pairs, context.output());
    }
    Map<String, Integer> people = new LinkedHashMap<>();
    if (asked.hiring() != null) {
      asked.hiring().appliedByGroup().keySet().forEach(group -> people.put(group, 0));
    }
    for (Person person : respondents.population().people()) {
      people.merge(person.group(), 1, Integer::sum);
    }
    FeedbackSummary summary =
        ItemStatistics.summary(
                ItemStatistics.Asked.of(operation, items),
                people,
                respondents.population().malices(),
                context.seed())
            .with(combined.summary(), terms(spec.collection(), asked));
    Map<String, Object> columns = new LinkedHashMap<>(JsonFiles.columns(summary));
    columns.putAll(respondents.form().facts());
    JsonFiles.write(context.output().resolve("summary.json"), columns);
  }
}
