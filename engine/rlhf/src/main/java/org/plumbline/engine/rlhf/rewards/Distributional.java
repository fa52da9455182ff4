// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.reward.FittedRewardSpec;
import org.plumbline.engine.artifact.RewardMeasures.Learned;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.likelihood.AtomScores;
import org.plumbline.engine.rlhf.likelihood.Likelihood;
import org.plumbline.engine.rlhf.likelihood.NormalScores;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.statistics.Moments;

/**
 * A reward model that gives a distribution of the score, so that disagreement shows.
 *
 * <p>Siththaranjan, Laidlaw and Hadfield-Menell, "Distributional Preference Learning: Understanding
 * and Accounting for Hidden Context in RLHF", 2023, arXiv:2312.08358. The likelihoods are {@link
 * NormalScores} and {@link AtomScores}; the score is the mean, or a quantile for those who would
 * rather be safe. How much of the variance is disagreement (section 4.1):
 *
 * <pre>{@code r^2 = Var(mean) / (Var(mean) + E[variance])}</pre>
 *
 * <p>over the answers of the held-out pairs; where none are, over those that it was fitted to.
 */
public final class Distributional implements Stage {

  @Override
  public String operation() {
    return "distributional";
  }

  @Override
  public int version() {
    return 3;
  }

  @Override
  public void run(StageContext context) throws IOException {
    FittedRewardSpec.Distributional settings =
        context.settings(FittedRewardSpec.Distributional.class);
    Double quantile = settings.quantile();
    PairModel model =
        switch (settings.form()) {
          case MEAN_VARIANCE -> new Normal(new NormalScores(true), quantile);
          case MEAN_VARIANCE_LOGISTIC -> new Normal(new NormalScores(false), quantile);
          case CATEGORICAL ->
              new Atoms(new AtomScores(settings.atoms(), settings.entropyWeight()), quantile);
        };
    BradleyTerry.fit(
        context,
        new BradleyTerry.Task(operation(), FeedbackReward.fitting(settings), model),
        Pairs.read(context.input("feedback")));
  }

  /** Pairs under a likelihood of the share of votes for the chosen answer. */
  private sealed interface Distribution extends PairModel {
    Likelihood<Double> likelihood();

    double mean(double[] outputs);

    double variance(double[] outputs);

    Readout readout();

    @Override
    default int outputs() {
      return likelihood().outputs();
    }

    @Override
    default Reading reading(Supplier<double[][]> said) {
      return new LastTokenReading(readout());
    }

    @Override
    default RewardFitting.MemberObjective<BradleyTerry.Row> of(TrainingRun run) {
      return new LikelihoodObjective<>(
          likelihood(),
          new LikelihoodObjective.Content<>(
              BradleyTerry.Row::target, row -> row.tokens().sequences()),
          run);
    }

    @Override
    default Learned learned(List<FittedMember> members, List<BradleyTerry.Row> rows) {
      double sum = 0;
      for (FittedMember member : members) {
        double[][] said =
            RewardModel.outputs(
                member.model(),
                rows.stream().flatMap(row -> row.tokens().sequences().stream()).toList());
        double[] means = new double[said.length];
        double[] variances = new double[said.length];
        for (int i = 0; i < said.length; i++) {
          means[i] = mean(said[i]);
          variances[i] = variance(said[i]);
        }
        double between = Moments.populationVariance(means);
        double all = between + Moments.mean(variances);
        sum += all == 0 ? 0 : between / all;
      }
      return new Learned(null, List.of(), sum / members.size(), List.of(), Map.of());
    }
  }

  private record Normal(NormalScores likelihood, @Nullable Double quantile)
      implements Distribution {
    @Override
    public Readout readout() {
      return new Readout.Normal(quantile);
    }

    @Override
    public double probability(FittedMember member, BradleyTerry.Row row, Said said) {
      return likelihood.probability(said.chosen(), said.rejected());
    }

    @Override
    public double mean(double[] outputs) {
      return NormalScores.score(outputs, null);
    }

    @Override
    public double variance(double[] outputs) {
      return NormalScores.variance(outputs);
    }
  }

  private record Atoms(AtomScores likelihood, @Nullable Double quantile) implements Distribution {
    @Override
    public Readout readout() {
      return new Readout.Atoms(likelihood.atoms(), quantile);
    }

    @Override
    public double probability(FittedMember member, BradleyTerry.Row row, Said said) {
      return likelihood.probability(said.chosen(), said.rejected());
    }

    @Override
    public double mean(double[] outputs) {
      return AtomScores.score(outputs, null);
    }

    @Override
    public double variance(double[] outputs) {
      return AtomScores.variance(outputs);
    }
  }
}
