// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.reward.RewardSpec.Ties;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.artifact.RewardMeasures.Learned;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.likelihood.Reliabilities;
import org.plumbline.engine.rlhf.likelihood.TieModel;
import org.plumbline.engine.rlhf.likelihood.VotedPair;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Artifact;

/**
 * Pairs with all that was said of each: ties as ties, and who said what.
 *
 * @param evaluators with a reliability of their own, by their numbers
 */
record VotedPairs(VotedPair likelihood, EvaluatorVotes votes, List<String> evaluators)
    implements PairModel {

  /** Whether these settings need to know all that was said. */
  static boolean asked(RewardSpec.BradleyTerry settings) {
    return settings.ties() != null || Boolean.TRUE.equals(settings.perEvaluator());
  }

  static VotedPairs of(StageContext context, RewardSpec.BradleyTerry settings, List<Pair> pairs)
      throws IOException {
    Artifact feedback = context.input("feedback");
    boolean each = Boolean.TRUE.equals(settings.perEvaluator());
    EvaluatorVotes votes = EvaluatorVotes.read(feedback, pairs);
    if (each) {
      votes = votes.by(2, "`per_evaluator`", "per_evaluator");
    } else if (votes.byPair().isEmpty()
        || FeedbackSummary.read(feedback.folder()).combined() != null) {
      votes = EvaluatorVotes.combined(pairs); // what labels came to is the label
    }
    if (settings.ties() != null && !votes.ties()) {
      context.note(
          "nobody called two answers equal: `ties` learns that ties are rare, and no more");
    }
    Double noise = settings.labelNoise();
    Reliabilities who =
        each
            ? Reliabilities.each(
                votes.labels(votes.training(context, pairs, settings.holdOut())),
                noise == null ? Reliabilities.NOISE : noise)
            : Reliabilities.known(noise == null ? 1 : 1 - noise);
    Double margin = settings.margin();
    VotedPair.Shape shape = new VotedPair.Shape(margin == null ? 0 : margin, settings.centring());
    VotedPair likelihood = new VotedPair(model(settings.ties()), who, shape);
    return new VotedPairs(likelihood, votes, each ? votes.evaluators() : List.of());
  }

  private static TieModel model(@Nullable Ties ties) {
    if (ties == null) {
      return TieModel.NONE;
    }
    return switch (ties) {
      case RAO_KUPPER -> TieModel.RAO_KUPPER;
      case DAVIDSON -> TieModel.DAVIDSON;
    };
  }

  @Override
  public RewardFitting.MemberObjective<BradleyTerry.Row> of(TrainingRun run) {
    return new LikelihoodObjective<>(
        likelihood,
        new LikelihoodObjective.Content<>(BradleyTerry.Row::votes, row -> row.tokens().sequences()),
        run);
  }

  @Override
  public double probability(FittedMember member, BradleyTerry.Row row, Said said) {
    return likelihood.expected(row.votes(), new double[] {said.gap(), 0}, member.numbers());
  }

  @Override
  public Learned learned(List<FittedMember> members, List<BradleyTerry.Row> rows) {
    List<RewardMeasures.Evaluator> reliable = new ArrayList<>();
    for (int h = 0; h < evaluators.size(); h++) {
      int person = h;
      reliable.add(
          new RewardMeasures.Evaluator(
              evaluators.get(h),
              likelihood.who().labels().get(h),
              mean(members, member -> likelihood.reliability(member.numbers(), person))));
    }
    return new Learned(
        likelihood.ties() == TieModel.NONE
            ? null
            : (Double) mean(members, member -> likelihood.tieParameter(member.numbers())),
        reliable,
        null,
        List.of(),
        Map.of());
  }

  private static double mean(List<FittedMember> members, ToDoubleFunction<FittedMember> number) {
    return members.stream().mapToDouble(number).average().orElseThrow();
  }
}
