// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.plumbline.dsl.model.reward.ComposedRewardSpec;
import org.plumbline.dsl.model.reward.ComposedRewardSpec.Part;
import org.plumbline.dsl.model.reward.ComposedRewardSpec.Scalarise;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.answers.SamplingPhases;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * Several rewards as one: {@link Scalarisation}.
 *
 * <p>Casper et al. 2023, section 4.2.1. Each reward may first be brought to mean 0 and deviation 1
 * on answers of a policy, so that none outweighs another by its scale alone. The artifact names the
 * rewards by digest; {@link Rewards#open} puts them together.
 */
public final class MultiObjective implements Stage {
  static final String SEVERAL = "multi_objective";
  private static final int LONGEST = 64;

  @Override
  public String operation() {
    return SEVERAL;
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void run(StageContext context) throws IOException {
    ComposedRewardSpec.MultiObjective settings =
        context.settings(ComposedRewardSpec.MultiObjective.class);
    Map<String, RewardScale> scales = scales(context, settings);
    Map<String, Object> parts = new LinkedHashMap<>();
    for (Map.Entry<String, Part> entry : ordered(settings)) {
      Map<String, Object> part = new LinkedHashMap<>();
      part.put("reward", context.input(role(entry.getKey())).digest());
      part.put("weight", entry.getValue().weight());
      Double goal = entry.getValue().goal();
      if (goal != null) {
        part.put("goal", goal);
      }
      part.putAll(scales.getOrDefault(entry.getKey(), RewardScale.IDENTITY).toMap());
      parts.put(entry.getKey(), part);
    }
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("combine", settings.combine().name().toLowerCase(Locale.ROOT));
    file.put("parts", parts);
    Rewards.write(context, SEVERAL, file, Map.of("parts", List.copyOf(settings.parts().keySet())));
  }

  /** Parts of higher weight first: what a plan holds of a spec knows no other order than names. */
  private static List<Map.Entry<String, Part>> ordered(ComposedRewardSpec.MultiObjective settings) {
    Comparator<Map.Entry<String, Part>> byWeight =
        Comparator.comparingDouble(entry -> -entry.getValue().weight());
    return settings.parts().entrySet().stream()
        .sorted(byWeight.thenComparing(Map.Entry::getKey))
        .toList();
  }

  private static String role(String part) {
    return "parts." + part + ".reward";
  }

  /** What brings each reward to mean 0 and deviation 1 on the policy's answers. */
  private static Map<String, RewardScale> scales(
      StageContext context, ComposedRewardSpec.MultiObjective settings) throws IOException {
    Map<String, RewardScale> scales = new LinkedHashMap<>();
    String policy = settings.normaliseOn();
    if (policy == null) {
      return scales;
    }
    try (LanguageModel model = Models.openModel(context, "normalise_on")) {
      int longest = Math.min(LONGEST, model.config().contextLength() / 2);
      Normalisation samples =
          new Normalisation(
              model,
              DataSet.of(context, "prompts").prompts(),
              new Normalisation.Drawing(
                  new SamplingPhases(context, 0, 1, folder -> {}), longest, context.seed()));
      for (String part : settings.parts().keySet()) {
        try (RewardFunction reward = Rewards.open(context, context.input(role(part)))) {
          double[] raw = reward.score(samples.answers()).score();
          scales.put(part, RewardScale.normalising(raw));
          if (RewardScale.constant(raw)) {
            context.note(
                "`"
                    + part
                    + "` scores all "
                    + raw.length
                    + " answers of `"
                    + policy
                    + "` the same: it counts nothing among them");
          }
        }
      }
    }
    return scales;
  }

  static RewardFunction open(StageContext context, JsonNode file) throws IOException {
    List<RewardFunction> rewards = new ArrayList<>();
    List<RewardScale> scales = new ArrayList<>();
    int n = file.path("parts").size();
    double[] weights = new double[n];
    double[] goals = new double[n];
    for (JsonNode part : file.path("parts")) {
      weights[rewards.size()] = part.path("weight").asDouble();
      goals[rewards.size()] = part.path("goal").asDouble();
      scales.add(RewardScale.of(part));
      rewards.add(Rewards.open(context, context.artifact(part.path("reward").asText())));
    }
    String how = file.path("combine").asText().toUpperCase(Locale.ROOT);
    return new Several(rewards, scales, new Scalarisation(Scalarise.valueOf(how), weights, goals));
  }

  /** Several rewards that are open. */
  private record Several(
      List<RewardFunction> rewards, List<RewardScale> scales, Scalarisation scalarisation)
      implements RewardFunction {

    @Override
    public void learning(TrainingRun run) throws IOException {
      for (RewardFunction reward : rewards) {
        reward.learning(run);
      }
    }

    @Override
    public boolean affords(int answers) {
      return rewards.stream().allMatch(reward -> reward.affords(answers));
    }

    @Override
    public Map<String, Double> logged() {
      Map<String, Double> logged = new LinkedHashMap<>();
      rewards.forEach(reward -> logged.putAll(reward.logged()));
      return logged;
    }

    @Override
    public Scores score(List<Exchange> answers) throws IOException {
      double[][] score = new double[rewards.size()][];
      double[][] spread = new double[rewards.size()][];
      for (int k = 0; k < score.length; k++) {
        Scores own = rewards.get(k).score(answers);
        score[k] = scales.get(k).apply(own.score());
        spread[k] = own.spread();
      }
      double[] one = new double[answers.size()];
      double[] unsure = new double[answers.size()];
      double[] each = new double[score.length];
      double[] off = new double[score.length];
      for (int i = 0; i < one.length; i++) {
        for (int k = 0; k < each.length; k++) {
          each[k] = score[k][i];
          off[k] = scales.get(k).gain() * spread[k][i];
        }
        one[i] = scalarisation.of(each);
        unsure[i] = scalarisation.spread(each, off);
      }
      return new Scores(one, unsure);
    }

    @Override
    public Optional<FeedbackSummary> asked() {
      return rewards.stream()
          .flatMap(reward -> reward.asked().stream())
          .reduce(FeedbackSummary::and);
    }

    @Override
    public void close() {
      rewards.forEach(RewardFunction::close);
    }
  }
}
