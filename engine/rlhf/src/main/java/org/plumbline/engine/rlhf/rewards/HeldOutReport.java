package org.plumbline.engine.rlhf.rewards;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.RandomPurpose;
import org.plumbline.engine.lm.RandomStream;
import org.plumbline.engine.lm.Sequence;
import org.plumbline.engine.rlhf.numerics.Calibration;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.rlhf.numerics.Proportion;

/**
 * How well an ensemble predicts comparisons that it was not fitted to.
 *
 * <p>The prediction is the mean of the members' probabilities. Each comparison is turned round at
 * random before calibration is measured.
 */
final class HeldOutReport {
  private static final int BINS = 10;

  /** The stream of the turning round. */
  private static final int STREAM = -1;

  private HeldOutReport() {}

  static Map<String, Object> of(
      List<LanguageModel> members, List<BradleyTerry.Row> pairs, long seed) {
    double[] targets = pairs.stream().mapToDouble(BradleyTerry.Row::target).toArray();
    double[] mean = new double[pairs.size()];
    List<Double> memberAccuracy = new ArrayList<>();
    for (LanguageModel member : members) {
      double[] probability = probabilities(member, pairs);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += probability[i] / members.size();
      }
      memberAccuracy.add(hits(probability, targets) / pairs.size());
    }
    Proportion accuracy = Proportion.of(hits(mean, targets), pairs.size());
    Calibration calibration = calibration(mean, targets, seed);
    Map<String, Object> report = new LinkedHashMap<>();
    Map<String, Object> share = new LinkedHashMap<>();
    share.put("value", accuracy.value());
    share.put("low", accuracy.low());
    share.put("high", accuracy.high());
    share.put("n", accuracy.n());
    report.put("accuracy", share);
    report.put("ece", calibration.ece());
    report.put("bins", calibration.bins());
    report.put("brier", calibration.brier());
    report.put("log_loss", calibration.logLoss());
    report.put("member_accuracy", memberAccuracy);
    return report;
  }

  private static double[] probabilities(LanguageModel member, List<BradleyTerry.Row> pairs) {
    List<Sequence> rows = new ArrayList<>();
    pairs.forEach(pair -> rows.add(pair.chosen()));
    pairs.forEach(pair -> rows.add(pair.rejected()));
    double[] scores = RewardModel.raw(member, rows);
    double[] probabilities = new double[pairs.size()];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = Logistic.sigmoid(scores[i] - scores[pairs.size() + i]);
    }
    return probabilities;
  }

  /** Comparisons predicted the right way round; a tie on either side counts half. */
  static double hits(double[] probabilities, double[] targets) {
    double hits = 0;
    for (int i = 0; i < targets.length; i++) {
      double agreement = (probabilities[i] - 0.5) * (targets[i] - 0.5);
      hits += agreement > 0 ? 1 : agreement == 0 ? 0.5 : 0;
    }
    return hits;
  }

  private static Calibration calibration(double[] probabilities, double[] targets, long seed) {
    RandomStream coin = RandomStream.of(seed, RandomPurpose.BOOTSTRAP, STREAM);
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
