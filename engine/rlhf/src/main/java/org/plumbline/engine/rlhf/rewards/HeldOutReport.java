package org.plumbline.engine.rlhf.rewards;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.numerics.Calibration;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.rlhf.numerics.Proportion;
import org.plumbline.engine.rlhf.training.TokenPair;

/**
 * How well an ensemble predicts comparisons that it was not fitted to.
 *
 * <p>The prediction is the mean of the members' probabilities. Accuracy is over the comparisons in
 * which one answer is preferred: of ties there is nothing to get right. Each comparison is turned
 * round at random before calibration is measured, ties included.
 */
final class HeldOutReport {
  private static final int BINS = 10;

  private HeldOutReport() {}

  static Map<String, Object> of(
      List<LanguageModel> members, List<BradleyTerry.Row> pairs, long seed) {
    double[] targets = pairs.stream().mapToDouble(BradleyTerry.Row::target).toArray();
    double[] mean = new double[pairs.size()];
    int decided = decided(targets);
    List<Double> memberAccuracy = new ArrayList<>();
    for (LanguageModel member : members) {
      double[] probability = probabilities(member, pairs);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += probability[i] / members.size();
      }
      memberAccuracy.add(hits(probability, targets) / decided);
    }
    Calibration calibration = calibration(mean, targets, seed);
    Map<String, Object> report = new LinkedHashMap<>();
    if (decided > 0) {
      report.put("accuracy", share(Proportion.of(hits(mean, targets), decided)));
      report.put("member_accuracy", memberAccuracy);
    }
    report.put("ece", calibration.ece());
    report.put("bins", calibration.bins());
    report.put("brier", calibration.brier());
    report.put("log_loss", calibration.logLoss());
    return report;
  }

  private static Map<String, Object> share(Proportion accuracy) {
    Map<String, Object> share = new LinkedHashMap<>();
    share.put("value", accuracy.value());
    share.put("low", accuracy.low());
    share.put("high", accuracy.high());
    share.put("n", accuracy.n());
    return share;
  }

  private static double[] probabilities(LanguageModel member, List<BradleyTerry.Row> pairs) {
    double[] scores =
        RewardModel.raw(
            member, TokenPair.rows(pairs.stream().map(BradleyTerry.Row::tokens).toList()));
    double[] probabilities = new double[pairs.size()];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = Logistic.sigmoid(scores[i] - scores[pairs.size() + i]);
    }
    return probabilities;
  }

  /** How many comparisons are no ties. */
  static int decided(double[] targets) {
    return (int) Arrays.stream(targets).filter(target -> target != 0.5).count();
  }

  /** Comparisons that are no ties and predicted the right way round; an even chance counts half. */
  static double hits(double[] probabilities, double[] targets) {
    double hits = 0;
    for (int i = 0; i < targets.length; i++) {
      if (targets[i] != 0.5) {
        double agreement = (probabilities[i] - 0.5) * (targets[i] - 0.5);
        hits += agreement > 0 ? 1 : agreement == 0 ? 0.5 : 0;
      }
    }
    return hits;
  }

  private static Calibration calibration(double[] probabilities, double[] targets, long seed) {
    RandomStream coin = RandomStream.of(seed, RandomPurpose.BOOTSTRAP, RandomPurpose.EVALUATION);
    double[] predicted = new double[targets.length];
    double[] happened = new double[targets.length];
    for (int i = 0; i < targets.length; i++) {
      boolean turned = coin.uniform(i) < 0.5;
      predicted[i] = turned ? 1 - probabilities[i] : probabilities[i];
      happened[i] = turned ? 1 - targets[i] : targets[i];
    }
    return Calibration.of(predicted, happened, BINS);
  }
}
