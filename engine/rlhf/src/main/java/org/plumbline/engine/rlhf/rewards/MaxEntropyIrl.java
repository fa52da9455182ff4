// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.dsl.model.reward.FittedRewardSpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.ModelAnswers;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.likelihood.PlackettLuce;
import org.plumbline.engine.rlhf.responses.Item;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response.Ranking;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * A reward under which demonstrations are what a noisy expert would do.
 *
 * <p>Ziebart et al., "Maximum Entropy Inverse Reinforcement Learning", AAAI 2008, equation 4; Finn,
 * Levine and Abbeel, "Guided Cost Learning", 2016, arXiv:1603.00448, equation 1. The expert prefers
 * answers of the model that it starts from, pi_0, by how good they are:
 *
 * <pre>{@code
 * p(y | x) = pi_0(y | x) exp(r(x, y)) / Z(x)
 * L = -r(x, y*) + log( exp(r(x, y*)) + sum over i of exp(r(x, y_i)) ),     y_i ~ pi_0(. | x)
 * }</pre>
 *
 * <p>Choices the papers leave open: the answers y_i are drawn once, before anything is learned, at
 * temperature 1; the demonstration stands among them (Finn et al. mix both, section 4.1), or a
 * model that tells demonstrations from samples would be driven to ever larger rewards. With many
 * answers the sum is Z but for a constant. The loss is that of choosing the best of several ({@link
 * PlackettLuce}).
 */
final class MaxEntropyIrl {
  private MaxEntropyIrl() {}

  static Stage stage() {
    return new FeedbackReward<>(
        "max_entropy_irl",
        FittedRewardSpec.MaxEntropyIrl.class,
        (spec, labels) ->
            new FeedbackReward.Kind<>(
                new PlackettLuce(spec.groupSize() + 1, 1),
                label -> label.response() instanceof Ranking ranking ? ranking.best() : null),
        (spec, context, start) -> labels -> among(spec, context, start, labels));
  }

  /** Each demonstration as the best of answers that the model gives. */
  private static List<ItemLabel> among(
      FittedRewardSpec.MaxEntropyIrl spec,
      StageContext context,
      LanguageModel start,
      List<ItemLabel> labels) {
    int group = spec.groupSize();
    List<Prompt> prompts = new ArrayList<>();
    for (ItemLabel label : labels) {
      for (int i = 0; i < group; i++) {
        prompts.add(label.item().prompt());
      }
    }
    RandomStream stream =
        RandomStream.of(
            context.seed(), RandomPurpose.ROLLOUT_TOKENS, RandomPurpose.BESIDE_DEMONSTRATIONS);
    ModelAnswers model = new ModelAnswers(start);
    List<SampledAnswer> samples =
        model.answer(prompts, SamplingSettings.of(longest(start, labels)), stream, 0);
    List<ItemLabel> chosen = new ArrayList<>();
    for (int n = 0; n < labels.size(); n++) {
      ItemLabel label = of(labels.get(n), samples.subList(n * group, (n + 1) * group), n);
      if (!label.item().identical()) {
        chosen.add(label);
      }
    }
    return chosen;
  }

  /** The demonstration at a place that changes, so that nothing hangs on the place. */
  private static ItemLabel of(ItemLabel label, List<SampledAnswer> samples, int number) {
    int shown = best(label);
    int place = number % (samples.size() + 1);
    List<Answer> answers = new ArrayList<>();
    List<Boolean> finished = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    samples.forEach(sample -> answers.add(sample.answer()));
    samples.forEach(sample -> finished.add(sample.finished()));
    answers.add(place, label.item().answers().get(shown));
    finished.add(place, label.item().finished().get(shown));
    for (int i = 0; i < answers.size(); i++) {
      order.add(i);
    }
    return new ItemLabel(
        new Item(
            label.item().number(),
            label.item().prompt(),
            answers,
            finished,
            label.item().byChance(),
            List.of()),
        order,
        List.of(),
        label.sinceBreak(),
        label.circumstance(),
        label.evaluator(),
        label.group(),
        new Ranking(List.of(place)),
        label.malicious(),
        label.cost(),
        List.of());
  }

  private static int best(ItemLabel label) {
    return label.response() instanceof Ranking ranking ? ranking.best().get(0) : 0;
  }

  /** Tokens of the longest demonstration. */
  private static int longest(LanguageModel start, List<ItemLabel> labels) {
    AnswerFormat format = new AnswerFormat(start);
    int longest = 1;
    for (ItemLabel label : labels) {
      var row = format.example(label.item().exchanges().get(best(label)));
      longest = Math.max(longest, row.length() - row.promptLength());
    }
    return longest;
  }
}
