// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.Message;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.ModelAnswers;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.AnswerLogProbs;
import org.plumbline.engine.run.StageContext;

/**
 * A language model of the spec as judge: it is shown both answers as (A) and (B) with all
 * principles, and its own probabilities of the two letters are its verdict (Bai et al. 2022b, arXiv
 * 2212.08073, section 4.1; Lee et al. 2023, arXiv 2309.00267):
 *
 * <pre>{@code
 * P(first) = p(A) / (p(A) + p(B)) = sigmoid( log p(A) - log p(B) )
 * }</pre>
 *
 * <p>If it is to reason first (chain of thought), it writes so many tokens, and the letter follows
 * what it wrote. The probability is of the letters after one such text.
 *
 * <p>A question that does not fit into the model's context is not answered, rather than answered
 * about what is left of it. A verdict depends on the model, the question and the seed.
 */
public final class ModelJudge implements Judge {
  private static final int TOKENS_OF_TEXT = 128;
  private static final String VERDICT = "The better answer is:";

  private final String name;
  private final Map<String, String> principles;
  private final LanguageModel model;
  private final @Nullable Integer reasoning;
  private final long seed;
  private final ModelAnswers writer;
  private int tooLong;

  /**
   * A judge, which frees the model when it is closed.
   *
   * @param name under which its labels are recorded
   */
  public ModelJudge(
      String name, Map<String, String> principles, LanguageModel model, Writing writing) {
    this.name = name;
    this.principles = principles;
    this.model = model;
    this.reasoning = writing.reasoning();
    this.seed = writing.seed();
    this.writer = new ModelAnswers(model);
  }

  /**
   * What a judge writes by itself.
   *
   * @param reasoning tokens before it chooses; null for none
   * @param seed of all that it writes
   */
  public record Writing(@Nullable Integer reasoning, long seed) {}

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, String> principles() {
    return principles;
  }

  @Override
  public int atOnce() {
    return 1;
  }

  @Override
  public boolean writesRevisions() {
    return true;
  }

  @Override
  public OptionalDouble compare(Question question) {
    return compareAll(List.of(question)).get(0);
  }

  @Override
  public List<OptionalDouble> compareAll(List<Question> questions) {
    List<Prompt> asked = new ArrayList<>();
    for (Question question : questions) {
      asked.add(asked(question));
    }
    AnswerFormat format = new AnswerFormat(model);
    List<Boolean> whole = new ArrayList<>();
    List<Sequence> rows = new ArrayList<>();
    for (Prompt prompt : asked) {
      int cut = format.cut();
      rows.add(row(format, prompt, "A"));
      rows.add(row(format, prompt, "B"));
      whole.add(format.cut() == cut);
    }
    double[] logProbs = AnswerLogProbs.of(model, rows);
    List<OptionalDouble> verdicts = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      tooLong += whole.get(i) ? 0 : 1;
      verdicts.add(
          whole.get(i)
              ? OptionalDouble.of(Logistic.sigmoid(logProbs[2 * i] - logProbs[2 * i + 1]))
              : OptionalDouble.empty());
    }
    return verdicts;
  }

  private static Sequence row(AnswerFormat format, Prompt prompt, String letter) {
    return format.example(new Exchange(prompt, prompt.answer(letter), false));
  }

  /** What stands before the letter. */
  private Prompt asked(Question question) {
    String text = JudgePrompts.comparison(principles.values(), question);
    if (reasoning == null) {
      return said(text + " Reply with A or B and nothing else.", null);
    }
    String request = text + " Think step by step, and only then choose.";
    String thoughts = written(request, question.id(), reasoning).orElse("");
    return said(text, thoughts + "\n" + VERDICT);
  }

  /** A request, and how the reply to it begins. */
  private Prompt said(String request, @Nullable String begun) {
    if (model.chatTemplate().isEmpty()) {
      return Prompt.of(request + "\n" + (begun == null ? VERDICT : begun));
    }
    Message asks = Message.of(Message.USER, request);
    return begun == null
        ? Prompt.of(List.of(asks))
        : Prompt.of(List.of(asks, Message.of(Message.ASSISTANT, begun))).goingOn();
  }

  /** What the model writes; empty if it cannot read all of the request and leave room to write. */
  private Optional<String> written(String request, long id, int tokens) {
    Prompt prompt =
        model.chatTemplate().isEmpty()
            ? Prompt.of(request + "\n")
            : Prompt.of(List.of(Message.of(Message.USER, request)));
    AnswerFormat format = new AnswerFormat(model);
    format.prompt(prompt, tokens);
    if (format.cut() > 0) {
      return Optional.empty();
    }
    RandomStream stream = RandomStream.of(seed, RandomPurpose.JUDGE_TOKENS, tokens);
    SampledAnswer answer =
        writer.answer(List.of(prompt), SamplingSettings.of(tokens), stream, id).get(0);
    return Optional.of(answer.text().strip());
  }

  @Override
  public Critique criticise(Case about) {
    String principle = principles.getOrDefault(about.principle(), about.principle());
    Optional<String> text =
        written(JudgePrompts.criticism(principle, about), 2 * about.id(), TOKENS_OF_TEXT);
    tooLong += text.isPresent() ? 0 : 1;
    return new Critique(about, text.orElse(""));
  }

  @Override
  public String revise(Critique critique, List<String> candidates) {
    Case about = critique.about();
    Optional<String> text =
        written(JudgePrompts.revision(critique), 2 * about.id() + 1, TOKENS_OF_TEXT);
    tooLong += text.isPresent() ? 0 : 1;
    return text.orElse(about.answer());
  }

  @Override
  public void note(StageContext context) {
    if (tooLong > 0) {
      context.note(
          tooLong
              + " questions to the judge are longer than its context of "
              + model.config().contextLength()
              + " tokens; it does not answer them, and leaves answers as they are");
    }
  }

  @Override
  public void close() {
    writer.close();
  }
}
