// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.training.DataOrder;
import org.plumbline.engine.rlhf.training.TrainingRun;

/**
 * The answers of each update: drawn once, or again and again until enough prompts teach something
 * (dynamic sampling; Yu et al. 2025, arXiv:2503.14476, section 3.2). How often was drawn is part of
 * the training's checkpoints.
 */
final class UpdateAnswers {
  /** Draws for one update, as in verl's recipe for DAPO. */
  static final int MOST_DRAWS = 10;

  private final PolicyGradient.Settings settings;
  private final TrainingRun run;
  private final RolloutSampler sampler;
  private final List<Prompt> prompts;
  private final DataOrder order;
  private final long seed;
  private int draws;

  UpdateAnswers(
      PolicyGradient.Settings settings,
      TrainingRun run,
      RolloutSampler sampler,
      List<Prompt> prompts,
      long seed) {
    this.settings = settings;
    this.run = run;
    this.sampler = sampler;
    this.prompts = prompts;
    this.seed = seed;
    this.order = new DataOrder(seed, prompts.size(), asked(settings));
  }

  /** Prompts of an update. */
  private static int asked(PolicyGradient.Settings settings) {
    return settings.schedule().batchSize() / settings.draws().group();
  }

  /** As many as an update has, or fewer if the last draw did not find enough that teach. */
  List<Rollout.Row> of(long update, double klCoefficient) throws IOException {
    draws = 1;
    if (!settings.draws().dynamic()) {
      return draw(update, klCoefficient);
    }
    long first = (long) run.number("draws", 0);
    int wanted = asked(settings) * settings.draws().group();
    List<Rollout.Row> kept = new ArrayList<>(teaching(draw(first, klCoefficient)));
    while (kept.size() < wanted && draws < MOST_DRAWS && sampler.affords(wanted)) {
      kept.addAll(teaching(draw(first + draws, klCoefficient)));
      draws++;
    }
    run.keep("draws", (double) (first + draws));
    return kept.size() > wanted ? kept.subList(0, wanted) : kept;
  }

  /** Logs how often was drawn for the last update, and how many of its prompts teach nothing. */
  void log(Map<String, Double> row, List<Rollout.Row> rows) {
    if (settings.draws().group() > 1) {
      List<List<Rollout.Row>> groups = groups(rows);
      long equal = groups.stream().filter(UpdateAnswers::equal).count();
      row.put("equal_groups", equal / (double) groups.size());
    }
    if (settings.draws().dynamic()) {
      row.put("draws", (double) draws);
    }
  }

  private List<Rollout.Row> draw(long draw, double klCoefficient) throws IOException {
    int[] chosen = order.batch(draw);
    int group = settings.draws().group();
    int[] each = new int[chosen.length * group];
    for (int i = 0; i < each.length; i++) {
      each[i] = chosen[i / group];
    }
    RandomStream stream =
        RandomStream.of(
            seed, RandomPurpose.ROLLOUT_TOKENS, RandomPurpose.FIRST_UPDATE + (int) draw);
    return sampler.sample(TrainingRun.pick(prompts, each), each, stream, klCoefficient);
  }

  /** The groups whose answers do not all have the same reward. */
  private List<Rollout.Row> teaching(List<Rollout.Row> rows) {
    List<Rollout.Row> kept = new ArrayList<>();
    groups(rows).stream().filter(group -> !equal(group)).forEach(kept::addAll);
    return kept;
  }

  private List<List<Rollout.Row>> groups(List<Rollout.Row> rows) {
    int size = settings.draws().group();
    List<List<Rollout.Row>> groups = new ArrayList<>();
    for (int at = 0; at < rows.size(); at += size) {
      groups.add(rows.subList(at, at + size));
    }
    return groups;
  }

  private static boolean equal(List<Rollout.Row> group) {
    return group.stream().mapToDouble(row -> row.facts().reward()).distinct().count() == 1;
  }
}
