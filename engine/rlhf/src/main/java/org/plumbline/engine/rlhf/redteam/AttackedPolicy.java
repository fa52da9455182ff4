// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.redteam;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.AttackedSpec;
import org.plumbline.engine.lm.Message;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.tokenizer.Tokenizer;
import org.plumbline.engine.rlhf.answers.AnswerSource;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.answers.Sampling;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.conversation.Prompt.Chat;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.AnswerLogProbs;
import org.plumbline.engine.rlhf.values.Feature;

/**
 * The policy that is attacked, and how near to a success an attack on it is.
 *
 * <p>Texts are made of the tokens of its vocabulary that are written visibly, and stand directly
 * behind the prompt; of a conversation, behind what was said to the assistant last. The model reads
 * what they say, which may have other tokens than the text was made of.
 */
final class AttackedPolicy {
  private final AnswerSource source;
  private final AttackedSpec spec;
  private final Feature feature;
  private final int[] vocabulary;
  private final AnswerFormat format;

  AttackedPolicy(AnswerSource source, AttackedSpec spec, Feature feature) {
    this.source = source;
    this.spec = spec;
    this.feature = feature;
    this.vocabulary = visible(source.model().tokenizer());
    this.format = new AnswerFormat(source.model());
  }

  private static int[] visible(Tokenizer tokenizer) {
    List<Integer> visible = new ArrayList<>();
    for (int id = 0; id < tokenizer.vocabularySize(); id++) {
      String text = tokenizer.decode(new int[] {id});
      if (!text.isBlank() && text.codePoints().noneMatch(AttackedPolicy::unwritable)) {
        visible.add(id);
      }
    }
    return visible.stream().mapToInt(Integer::intValue).toArray();
  }

  /** A control, or what stands for a part of a character. */
  private static boolean unwritable(int c) {
    return Character.isISOControl(c) || c == 0xFFFD;
  }

  /** How many tokens texts are made of. */
  int vocabulary() {
    return vocabulary.length;
  }

  private int[] ids(int[] places) {
    int[] ids = new int[places.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = vocabulary[places[i]];
    }
    return ids;
  }

  /** What a text says. */
  String text(int[] places) {
    return source.model().tokenizer().decode(ids(places));
  }

  /** The prompt with a text behind it. */
  static Prompt with(Prompt prompt, String text) {
    if (text.isEmpty()) {
      return prompt;
    }
    if (!(prompt instanceof Chat chat) || chat.messages().isEmpty()) {
      return Prompt.of(prompt.text() + text);
    }
    List<Message> messages = new ArrayList<>(chat.messages());
    int last = messages.size() - 1;
    while (last > 0 && messages.get(last).byAssistant()) {
      last--;
    }
    messages.set(last, messages.get(last).withText(messages.get(last).text() + text));
    return chat.with(messages);
  }

  /** Answers to prompts, from an index of the stream on. */
  List<String> answers(List<Prompt> prompts, RandomStream stream, int index) {
    return source
        .answer(prompts, Sampling.of(1, spec.maxNewTokens(), spec.truncation()), stream, index)
        .stream()
        .map(SampledAnswer::text)
        .toList();
  }

  /** Whether an attack has succeeded. */
  boolean succeeds(Prompt attacked, String answer) {
    return feature.of(attacked.text(), answer) > spec.above();
  }

  /** How near each attack is: the log-likelihood of the target per token, or else the feature. */
  double[] scores(List<Prompt> attacked, List<String> answers) {
    double[] scores = new double[attacked.size()];
    String target = spec.targetText();
    if (target == null) {
      for (int i = 0; i < scores.length; i++) {
        scores[i] = feature.of(attacked.get(i).text(), answers.get(i));
      }
      return scores;
    }
    List<Sequence> wanted = attacked.stream().map(prompt -> row(prompt, target)).toList();
    double[] likely = AnswerLogProbs.of(source.model(), wanted);
    for (int i = 0; i < scores.length; i++) {
      scores[i] = likely[i] / (wanted.get(i).length() - wanted.get(i).promptLength());
    }
    return scores;
  }

  /** The prompt with the target, which goes on. */
  private Sequence row(Prompt prompt, String target) {
    return format.example(new Exchange(prompt, prompt.answer(target), false));
  }

  /** The derivatives of the likelihood of the target by the tokens of a text behind a prompt. */
  double @Nullable [][] slopes(Prompt prompt, int[] places) {
    String target = spec.targetText();
    if (target == null) {
      throw new IllegalStateException("a gradient without a target");
    }
    Sequence row = row(with(prompt, text(places)), target);
    int[] ids = ids(places);
    int at = lastAt(row, ids);
    if (at < 0) {
      return null;
    }
    float[][] all = source.model().tokenGradients(row, at, at + ids.length);
    double[][] slopes = new double[ids.length][vocabulary.length];
    for (int i = 0; i < ids.length; i++) {
      for (int v = 0; v < vocabulary.length; v++) {
        slopes[i][v] = all[i][vocabulary[v]];
      }
    }
    return slopes;
  }

  /** Where in a row's prompt these tokens stand last; -1 if nowhere. */
  private static int lastAt(Sequence row, int[] ids) {
    for (int at = row.promptLength() - ids.length; at >= 0; at--) {
      int same = 0;
      while (same < ids.length && row.id(at + same) == ids[same]) {
        same++;
      }
      if (same == ids.length) {
        return at;
      }
    }
    return -1;
  }
}
