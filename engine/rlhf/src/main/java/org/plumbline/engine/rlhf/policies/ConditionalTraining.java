// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * Conditional training: every text is learned after a mark that says whether it is good, and
 * prompts then begin with the mark of good ones.
 *
 * <p>Korbak et al., "Pretraining Language Models with Human Preferences", ICML 2023,
 * arXiv:2302.08582, section 2; with R the reward of a text and t the threshold, the mean over all
 * tokens of the texts, without those of the marks, of
 *
 * <pre>{@code
 * L = -log pi(y_i | c, x, y_<i),   c = good if R >= t, else bad
 * }</pre>
 *
 * <p>A small share of the texts goes without a mark. The artifact remembers the mark of good texts
 * ({@link org.plumbline.engine.lm.ModelUse}), so that whoever samples, scores or trains the policy
 * asks it for good ones.
 *
 * <p>Choices left open: those of {@link ScoredTexts}; a mark stands before the prompt with a space
 * after it, and is a text that the tokenizer takes apart as any other; which texts go without is
 * drawn once.
 *
 * <p>Differs from the paper: a text has one mark, not one for each sentence, so that no mark is
 * ever learned as part of an answer and none need be forbidden in sampling; no tokens are added to
 * the vocabulary.
 */
public final class ConditionalTraining implements Stage {

  @Override
  public String operation() {
    return "conditional_training";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void run(StageContext context) throws IOException {
    ConditionedPolicySpec.ConditionalTraining settings =
        context.settings(ConditionedPolicySpec.ConditionalTraining.class);
    ScoredTexts.fit(
        context,
        operation(),
        settings.fitting(),
        new ScoredTexts.Method(
            row -> true,
            (model, rows) -> {
              Loss loss = Loss.of(model.meanLoss(ScoredTexts.batch(rows)));
              loss.logged().put("good_share", goodShare(rows, settings.threshold()));
              return loss;
            },
            model -> model.withMark(settings.goodMark()),
            (texts, rewards) -> marks(context, settings, texts, rewards)));
  }

  private static double goodShare(List<ScoredTexts.Row> rows, double threshold) {
    long good = rows.stream().filter(row -> row.reward() >= threshold).count();
    return good / (double) rows.size();
  }

  private static List<String> marks(
      StageContext context,
      ConditionedPolicySpec.ConditionalTraining settings,
      List<Exchange> texts,
      double[] rewards) {
    long good = Arrays.stream(rewards).filter(reward -> reward >= settings.threshold()).count();
    if (good == 0) {
      throw ScoredTexts.none("is good, and good ones are asked for", rewards);
    }
    if (good == rewards.length) {
      context.note("all texts are good, so that the mark tells nothing; raise `threshold`");
    }
    long unmarked = texts.stream().filter(text -> !takes(text, settings.goodMark())).count();
    if (unmarked > 0) {
      context.note(
          unmarked + " conversations have no message of a user, and so nothing that is marked");
    }
    return marks(settings, rewards, context.seed());
  }

  private static boolean takes(Exchange text, String mark) {
    return !text.prompt().marked(mark).equals(text.prompt());
  }

  /** The mark of each text; empty for those that go without. */
  static List<String> marks(
      ConditionedPolicySpec.ConditionalTraining settings, double[] rewards, long seed) {
    RandomStream stream = RandomStream.of(seed, RandomPurpose.DROPPED_MARKS, 0);
    List<String> marks = new ArrayList<>();
    for (int i = 0; i < rewards.length; i++) {
      String mark = rewards[i] >= settings.threshold() ? settings.goodMark() : settings.badMark();
      marks.add(stream.uniform(i) < settings.dropMarks() ? "" : mark);
    }
    return marks;
  }
}
