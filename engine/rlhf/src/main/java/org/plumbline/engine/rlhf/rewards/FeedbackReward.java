// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.reward.EnsembleSpec;
import org.plumbline.dsl.model.reward.FittedRewardSpec;
import org.plumbline.dsl.model.training.OptimiserSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.likelihood.Likelihood;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * A reward model that is fitted to feedback by its likelihood: one stage for all kinds of feedback,
 * which differ in nothing but what {@link FeedbackRewards} says of them.
 *
 * @param <S> the settings
 * @param <F> the feedback
 */
final class FeedbackReward<S extends FittedRewardSpec, F> implements Stage {
  private final String operation;
  private final Class<S> settings;
  private final KindsWithSummary<S, F> kinds;
  private final Preparations<S> preparations;

  /**
   * What is fitted to labels.
   *
   * @param likelihood of a response
   * @param read the response as the likelihood takes it; null if it says nothing of the scores
   * @param parts where the parts of an answer end that a response is about; null for whole answers
   * @param reading how the score of an answer is read
   */
  record Kind<F>(
      Likelihood<F> likelihood,
      Function<ItemLabel, @Nullable F> read,
      @Nullable Function<ItemLabel, List<Integer>> parts,
      Reading reading) {

    /** Responses about whole answers. */
    Kind(Likelihood<F> likelihood, Function<ItemLabel, @Nullable F> read) {
      this(likelihood, read, null, LastTokenReading.PLAIN);
    }
  }

  /** What a member learns of a kind of feedback. */
  private record Fitted<F>(Kind<F> kind)
      implements RewardFitting.Objectives<LikelihoodObjective.Row<F>> {
    @Override
    public RewardFitting.MemberObjective<LikelihoodObjective.Row<F>> of(TrainingRun run) {
      return new LikelihoodObjective<>(kind.likelihood(), LikelihoodObjective.Row.content(), run);
    }

    @Override
    public int outputs() {
      return kind.reading().numbers();
    }

    @Override
    public Reading reading(Supplier<double[][]> said) {
      return kind.reading();
    }
  }

  /** Says what is fitted to these labels. */
  @FunctionalInterface
  interface Kinds<S, F> {
    Kind<F> of(S settings, List<ItemLabel> labels);
  }

  /** Says what is fitted to these labels, of which the summary of the feedback says more. */
  @FunctionalInterface
  interface KindsWithSummary<S, F> {
    Kind<F> of(S settings, List<ItemLabel> labels, JsonNode summary);
  }

  /** What labels are made into before they are learned from. */
  @FunctionalInterface
  interface Preparations<S> {
    UnaryOperator<List<ItemLabel>> of(S settings, StageContext context, LanguageModel start);
  }

  FeedbackReward(String operation, Class<S> settings, Kinds<S, F> kinds) {
    this(operation, settings, kinds, (spec, context, start) -> labels -> labels);
  }

  FeedbackReward(
      String operation, Class<S> settings, Kinds<S, F> kinds, Preparations<S> preparations) {
    this.operation = operation;
    this.settings = settings;
    this.kinds = (spec, labels, summary) -> kinds.of(spec, labels);
    this.preparations = preparations;
  }

  FeedbackReward(String operation, Class<S> settings, KindsWithSummary<S, F> kinds) {
    this.operation = operation;
    this.settings = settings;
    this.kinds = kinds;
    this.preparations = (spec, context, start) -> labels -> labels;
  }

  @Override
  public String operation() {
    return operation;
  }

  @Override
  public int version() {
    return 4;
  }

  @Override
  public void run(StageContext context) throws IOException {
    S spec = context.settings(settings);
    List<ItemLabel> labels = ItemLabel.read(context.input("feedback"));
    JsonNode summary = JsonFiles.read(context.input("feedback").file("summary.json"));
    Kind<F> kind = kinds.of(spec, labels, summary);
    try (LanguageModel start = Models.openModel(context, "from");
        RewardFitting<LikelihoodObjective.Row<F>> fitting =
            new RewardFitting<>(
                context,
                start,
                fitting(spec),
                new RewardFitting.Rows<>(
                    rows(context, start, kind, preparations.of(spec, context, start).apply(labels)),
                    row -> row.label().item().prompt(),
                    LikelihoodObjective.Row::answers),
                new Fitted<>(kind))) {
      List<FittedMember> members = fitting.fit();
      List<LikelihoodObjective.Row<F>> heldOut =
          MeasuredRows.of(context, fitting.data().heldOut(), row -> row.label().item().byChance());
      fitting.write(
          new RewardFitting.Named(operation, "responses"),
          (training, samples) ->
              new RewardMeasures(
                  operation,
                  training,
                  samples,
                  heldOut.isEmpty()
                      ? null
                      : ResponseReport.of(
                          members,
                          kind.likelihood(),
                          heldOut,
                          kind.reading(),
                          ResponseReport.Measured.of(context))));
    }
  }

  /** How a reward model is fitted that is not of pairs. */
  static RewardFitting.Settings fitting(FittedRewardSpec spec) {
    return fitting(spec.members(), spec.batchSize(), spec.optimiser());
  }

  static RewardFitting.Settings fitting(
      EnsembleSpec members, int batchSize, OptimiserSpec optimiser) {
    return new RewardFitting.Settings(
        members.ensemble(),
        Combination.of(members.combine(), members.uncertaintyPenalty(), members.tail()),
        members.holdOut(),
        members.steps(),
        batchSize,
        optimiser);
  }

  /**
   * Whether there is nothing to learn: no labels, or the same of all answers. The same order of
   * several answers tells which is better, wherever that stands: files may have the best first.
   */
  static boolean alike(List<ItemLabel> labels) {
    return labels.stream().map(ItemLabel::response).distinct().count() < 2
        && (labels.isEmpty() || !(labels.get(0).response() instanceof Response.Ranking));
  }

  private List<LikelihoodObjective.Row<F>> rows(
      StageContext context, LanguageModel start, Kind<F> kind, List<ItemLabel> labels) {
    List<ItemLabel> used = new ArrayList<>();
    List<F> responses = new ArrayList<>();
    for (ItemLabel label : labels) {
      F response = kind.read().apply(label);
      if (response != null) {
        used.add(label);
        responses.add(response);
      }
    }
    if (alike(used)) {
      throw new StageFailure(
          "PLB0509",
          responses.isEmpty()
              ? "none of the labels says which answers are better"
              : "all " + responses.size() + " labels say the same",
          "feedback",
          "nothing can be learned from that; ask for more, or of other answers");
    }
    AnswerFormat format = new AnswerFormat(start);
    List<Exchange> exchanges = new ArrayList<>();
    used.forEach(label -> exchanges.addAll(label.item().exchanges()));
    List<Sequence> sequences = format.examples(exchanges);
    format.note(context);
    List<LikelihoodObjective.Row<F>> rows = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < used.size(); i++) {
      int n = used.get(i).item().answers().size();
      List<Sequence> answers = List.copyOf(sequences.subList(at, at + n));
      List<Integer> parts = parts(format, kind, used.get(i), answers);
      if (parts == null || !parts.isEmpty()) {
        rows.add(new LikelihoodObjective.Row<>(used.get(i), responses.get(i), answers, parts));
      }
      at += n;
    }
    return rows;
  }

  /** The last tokens of the answer's parts; null where responses are about whole answers. */
  private static <F> @Nullable List<Integer> parts(
      AnswerFormat format, Kind<F> kind, ItemLabel label, List<Sequence> answers) {
    Function<ItemLabel, List<Integer>> ends = kind.parts();
    if (ends == null) {
      return null;
    }
    int[] places = format.lastTokens(label.item().prompt(), answers.get(0), ends.apply(label));
    return Arrays.stream(places).boxed().toList();
  }
}
