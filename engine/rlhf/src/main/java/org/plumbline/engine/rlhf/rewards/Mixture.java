// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.plumbline.dsl.model.reward.FittedRewardSpec;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.artifact.RewardMeasures.Learned;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.rlhf.aggregation.LatentGroups;
import org.plumbline.engine.rlhf.aggregation.LatentGroups.Preference;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.likelihood.GroupedPair;
import org.plumbline.engine.rlhf.likelihood.Vote;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.TokenPair;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.statistics.Moments;

/**
 * Several rewards, one for each of some groups that nobody has named.
 *
 * <p>Zhao, Piech and Xia 2016, arXiv:1603.07323; Chakraborty et al. 2024, "MaxMin-RLHF: Alignment
 * with Diverse Human Preferences", arXiv:2402.08925, section 5. First who belongs to which group is
 * found by expectation maximisation over linear rewards ({@link LatentGroups}) of what the model
 * that it starts from makes of an answer: random projections of the hidden state of its last token.
 * Then a transformer whose head has an output for each group is fitted with these shares ({@link
 * GroupedPair}).
 *
 * <p>Held-out labels have no part in the shares: who gave no other labels belongs to each group as
 * surely as anybody.
 *
 * <p>Choices the papers leave open: shares stay as they are while the transformer learns, so that
 * the objective that finds them never falls and an interruption changes nothing; features have
 * deviation 1 and the ridge is 1; all members of an ensemble share the groups.
 */
public final class Mixture implements Stage {
  private static final int FEATURES = 32;
  private static final double RIDGE = 1;
  private static final int ITERATIONS = 200;

  @Override
  public String operation() {
    return "mixture";
  }

  @Override
  public int version() {
    return 3;
  }

  @Override
  public void run(StageContext context) throws IOException {
    FittedRewardSpec.Mixture settings = context.settings(FittedRewardSpec.Mixture.class);
    List<Pair> pairs = Pairs.read(context.input("feedback"));
    EvaluatorVotes votes =
        EvaluatorVotes.read(context.input("feedback"), pairs)
            .by(settings.components(), "`mixture`", "feedback");
    LatentGroups.Groups groups =
        LatentGroups.of(
            preferences(
                context, votes, votes.training(context, pairs, settings.members().holdOut())),
            votes.evaluators().size(),
            new LatentGroups.Settings(
                settings.components(), settings.restarts(), RIDGE, ITERATIONS),
            context.seed());
    BradleyTerry.fit(
        context,
        new BradleyTerry.Task(
            operation(),
            FeedbackReward.fitting(settings),
            new GroupedPairs(
                new GroupedPair(groups.shares()), votes, groups.sizes(), settings.serve())),
        pairs);
  }

  /** What people prefer, in features of the answers. */
  private static List<Preference> preferences(
      StageContext context, EvaluatorVotes votes, List<Pair> asked) {
    try (LanguageModel start = Models.openModel(context, "from");
        LanguageModel model = start.copy()) {
      double deviation = 1 / StrictMath.sqrt(start.config().width());
      model.withRewards(FEATURES, deviation, context.seed());
      List<Sequence> rows = TokenPair.rows(new AnswerFormat(start).pairs(asked));
      double[][] features = standardised(RewardModel.outputs(model, rows));
      List<Preference> preferences = new ArrayList<>();
      for (int i = 0; i < asked.size(); i++) {
        double[] difference = features[i].clone();
        for (int f = 0; f < difference.length; f++) {
          difference[f] -= features[asked.size() + i][f];
        }
        for (Vote vote : votes.of(asked.get(i))) {
          preferences.add(
              new Preference(vote.evaluator(), difference, vote.first() + vote.tie() / 2));
        }
      }
      return preferences;
    }
  }

  private static double[][] standardised(double[][] features) {
    for (int f = 0; f < features[0].length; f++) {
      int column = f;
      double[] values = Arrays.stream(features).mapToDouble(row -> row[column]).toArray();
      double deviation = Math.max(1e-6, Moments.populationDeviation(values));
      for (double[] row : features) {
        row[column] /= deviation;
      }
    }
    return features;
  }

  private record GroupedPairs(
      GroupedPair likelihood, EvaluatorVotes votes, double[] sizes, FittedRewardSpec.Serve serve)
      implements PairModel {

    @Override
    public int outputs() {
      return likelihood.outputs();
    }

    @Override
    public Reading reading(Supplier<double[][]> said) {
      double[][] samples = said.get();
      List<Double> means = new ArrayList<>();
      for (int z = 0; z < sizes.length; z++) {
        int group = z;
        means.add(
            Arrays.stream(samples).mapToDouble(outputs -> outputs[group]).average().orElse(0));
      }
      return new LastTokenReading(
          new Readout.Groups(serve, Arrays.stream(sizes).boxed().toList(), means));
    }

    @Override
    public RewardFitting.MemberObjective<BradleyTerry.Row> of(TrainingRun run) {
      return new LikelihoodObjective<>(
          likelihood,
          new LikelihoodObjective.Content<>(
              BradleyTerry.Row::votes, row -> row.tokens().sequences()),
          run);
    }

    @Override
    public double probability(FittedMember member, BradleyTerry.Row row, Said said) {
      return likelihood.expected(row.votes(), said.chosen(), said.rejected());
    }

    @Override
    public Learned learned(List<FittedMember> members, List<BradleyTerry.Row> rows) {
      List<List<String>> names = new ArrayList<>();
      for (int z = 0; z < sizes.length; z++) {
        names.add(new ArrayList<>());
      }
      for (int h = 0; h < votes.evaluators().size(); h++) {
        double[] own = likelihood.shares()[h];
        int most = 0;
        for (int z = 1; z < own.length; z++) {
          most = own[z] > own[most] ? z : most;
        }
        names.get(most).add(votes.evaluators().get(h));
      }
      List<RewardMeasures.Group> groups = new ArrayList<>();
      for (int z = 0; z < sizes.length; z++) {
        groups.add(new RewardMeasures.Group(sizes[z], names.get(z)));
      }
      return new Learned(null, List.of(), null, groups, Map.of());
    }
  }
}
