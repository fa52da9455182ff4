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
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.policy.OnlinePolicySpec.Keep;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.RowLog;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.ModelAnswers;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.answers.Sampling;
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
final class AnswerSelection implements IteratedFitting.Source {
  private static final String KEPT = "kept.jsonl";
  private static final String SAMPLED = "sampled";
  private static final String CONSTANT = "constant";
  private static final String CONSTANT_IN = "constant_in";

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

  @Override
  public List<Prompt> prompts() {
    return prompts.stream().distinct().toList();
  }

  /** Answers that were sampled in all. */
  long sampled(TrainingRun run) {
    return (long) run.number(SAMPLED, 0);
  }

  int kept() {
    return kept.size();
  }

  Map<String, Double> logged() {
    return reward.logged();
  }

  @Override
  public Map<String, Double> logged(TrainingRun run) {
    Map<String, Double> logged = new LinkedHashMap<>();
    logged.put("reward", run.number("reward", 0));
    logged.put("kept_reward", run.number("kept_reward", 0));
    logged.putAll(reward.logged());
    return logged;
  }

  Optional<FeedbackSummary> labels() {
    return reward.asked();
  }

  @Override
  public List<Exchange> of(int iteration) {
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

  /** Answers to all prompts, of which the good ones are kept; none at first are a mistake. */
  @Override
  public @Nullable String sample(int iteration, TrainingRun run) throws IOException {
    int asked = prompts.size() * settings.groupSize();
    if (!reward.affords(asked)) {
      return stop(
          iteration, "what is left of the reward's budget does not pay for the next", unpaid());
    }
    List<Exchange> answers = answers(iteration, run);
    double[] rewards = reward.score(answers).score();
    run.keep(SAMPLED, (double) (sampled(run) + asked));
    List<Integer> chosen = chosen(rewards, iteration);
    if (chosen.isEmpty()) {
      StageFailure missed = missed(rewards, iteration);
      return stop(iteration, String.valueOf(missed.getMessage()), missed);
    }
    if (Arrays.stream(rewards).distinct().count() == 1 && run.number(CONSTANT_IN, 0) == 0) {
      run.keep(CONSTANT_IN, iteration + 1.0);
      run.keep(CONSTANT, rewards[0]);
    }
    List<Double> of = new ArrayList<>();
    for (int i : chosen) {
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
    return null;
  }

  private List<Exchange> answers(int iteration, TrainingRun run) {
    List<Prompt> repeated = Prompt.repeated(prompts, settings.groupSize());
    SamplingSettings drawn = Sampling.of(settings.sampling());
    RandomStream stream =
        RandomStream.of(
            context.seed(), RandomPurpose.ROLLOUT_TOKENS, RandomPurpose.FIRST_UPDATE + iteration);
    return SampledAnswer.to(
        repeated, new ModelAnswers(run.model()).answer(repeated, drawn, stream, 0));
  }

  private static String stop(int iteration, String reason, StageFailure atFirst) {
    if (iteration == 0) {
      throw atFirst;
    }
    return reason;
  }

  private StageFailure unpaid() {
    return new StageFailure(
        "PLB0326",
        "the reward's budget does not pay for the first iteration, which has %d answers: %d to each"
                .formatted(prompts.size() * settings.groupSize(), settings.groupSize())
            + " of %d prompts".formatted(prompts.size()),
        "group_size",
        "lower `group_size`, take fewer prompts, or raise `budget` of the reward");
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
    double least = least(iteration);
    for (int i = 0; i < rewards.length; i++) {
      if (rewards[i] >= least) {
        chosen.add(i);
      }
    }
    return chosen;
  }

  private double least(int iteration) {
    Double threshold = settings.threshold();
    return (threshold == null ? 0 : threshold) + iteration * settings.thresholdStep();
  }

  private StageFailure missed(double[] rewards, int iteration) {
    return new StageFailure(
        "PLB0509",
        "none of %d answers of iteration %d reaches the reward %.3g; the best has %.3g"
            .formatted(
                rewards.length,
                iteration + 1,
                least(iteration),
                Arrays.stream(rewards).max().orElseThrow()),
        "threshold",
        "lower `threshold` or `threshold_step`, or sample more (`group_size`)");
  }

  /** Tells the user if nothing could be learned from the reward in an iteration. */
  void note(TrainingRun run) {
    double iteration = run.number(CONSTANT_IN, 0);
    if (iteration > 0) {
      context.note(
          "in iteration %.0f the reward scored all answers ".formatted(iteration)
              + run.number(CONSTANT, 0)
              + ": nothing was learned from it");
    }
  }
}
