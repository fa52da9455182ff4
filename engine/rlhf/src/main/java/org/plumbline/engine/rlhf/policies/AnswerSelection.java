// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.policy.OnlinePolicySpec.Keep;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.RowLog;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.ModelAnswers;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.statistics.Moments;
import org.plumbline.engine.store.content.Checkpoint;

/** Which of its own answers a policy learns in {@link ExpertIteration}. */
final class AnswerSelection {
  private static final String KEPT = "kept.jsonl";

  private final StageContext context;
  private final OnlinePolicySpec.ExpertIteration settings;
  private final RewardFunction reward;
  private final List<Prompt> prompts;
  private final RowLog kept = new RowLog(KEPT);

  AnswerSelection(StageContext context, RewardFunction reward, List<Prompt> prompts) {
    this.context = context;
    this.settings = context.settings(OnlinePolicySpec.ExpertIteration.class);
    this.reward = reward;
    this.prompts = prompts;
  }

  /** Goes on from the checkpoint, and keeps what was selected with every later one. */
  void learning(TrainingRun run) throws IOException {
    reward.learning(run);
    Checkpoint checkpoint = context.checkpoint().orElse(null);
    if (checkpoint != null) {
      kept.restore(checkpoint.folder());
    }
    run.keep(kept::write);
  }

  List<Prompt> prompts() {
    return prompts.stream().distinct().toList();
  }

  /** Answers that are sampled in an iteration. */
  int asked() {
    return prompts.size() * settings.groupSize();
  }

  /** Whether the reward's budget pays for another iteration. */
  boolean affordable() {
    return reward.affords(asked());
  }

  int kept() {
    return kept.size();
  }

  Map<String, Double> logged() {
    return reward.logged();
  }

  Optional<FeedbackSummary> labels() {
    return reward.asked();
  }

  /** The answers that were kept of an iteration. */
  List<Exchange> of(int iteration) {
    List<Exchange> learned = new ArrayList<>();
    for (JsonNode row : kept.rows()) {
      if (row.path("iteration").asInt() == iteration) {
        learned.add(
            new Exchange(
                Prompt.of(row.path("prompt")),
                Answer.of(row.path("answer")),
                row.path("finished").asBoolean()));
      }
    }
    return learned;
  }

  /** Answers to all prompts by the policy as it is, of which the good ones are kept. */
  void sample(int iteration, TrainingRun run) throws IOException {
    List<Prompt> repeated = new ArrayList<>();
    for (Prompt prompt : prompts) {
      for (int i = 0; i < settings.groupSize(); i++) {
        repeated.add(prompt);
      }
    }
    List<Exchange> answers =
        SampledAnswer.to(
            repeated,
            new ModelAnswers(run.model())
                .answer(
                    repeated,
                    SamplingSettings.of(settings.sampling().maxNewTokens())
                        .withTemperature(settings.sampling().temperature()),
                    RandomStream.of(
                        context.seed(),
                        RandomPurpose.ROLLOUT_TOKENS,
                        RandomPurpose.FIRST_UPDATE + iteration),
                    0));
    double[] rewards = reward.score(answers).score();
    List<Double> of = new ArrayList<>();
    for (int i : chosen(rewards, iteration)) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("iteration", iteration);
      row.put("prompt", answers.get(i).prompt().json());
      row.put("answer", answers.get(i).answer().json());
      row.put("finished", answers.get(i).finished());
      row.put("reward", rewards[i]);
      kept.add(row);
      of.add(rewards[i]);
    }
    run.keep("reward", Moments.mean(rewards));
    run.keep("kept_reward", of.stream().mapToDouble(r -> r).average().orElseThrow());
  }

  private List<Integer> chosen(double[] rewards, int iteration) {
    List<Integer> chosen = new ArrayList<>();
    int group = settings.groupSize();
    if (settings.keep() == Keep.BEST) {
      for (int first = 0; first < rewards.length; first += group) {
        chosen.add(first + BestOfN.best(Arrays.copyOfRange(rewards, first, first + group)));
      }
      return chosen;
    }
    Double threshold = settings.threshold();
    double least = (threshold == null ? 0 : threshold) + iteration * settings.thresholdStep();
    for (int i = 0; i < rewards.length; i++) {
      if (rewards[i] >= least) {
        chosen.add(i);
      }
    }
    if (chosen.isEmpty()) {
      throw new StageFailure(
          "PLB0509",
          "none of %d answers of iteration %d reaches the reward %.3g; the best has %.3g"
              .formatted(
                  rewards.length, iteration + 1, least, Arrays.stream(rewards).max().orElseThrow()),
          "threshold",
          "lower `threshold` or `threshold_step`, or sample more (`group_size`)");
    }
    return chosen;
  }
}
