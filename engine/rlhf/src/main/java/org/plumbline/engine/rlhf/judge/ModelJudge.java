// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
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
 * <p>Of a single answer it gives a {@link Grade}.
 *
 * <p>If it is to reason first (chain of thought), it writes so many tokens, and the letter follows
 * what it wrote. The probability is of the letters after one such text.
 *
 * <p>A question that does not fit into the model's context is not answered, rather than answered
 * about what is left of it. A verdict depends on the model, the question and the seed.
 */
public final class ModelJudge implements Judge {
  private static final int TOKENS_OF_TEXT = 128;
  private static final Replies LETTERS =
      new Replies(
          List.of("A", "B"),
          " Reply with A or B and nothing else.",
          "choose.",
          "The better answer is:");
  private static final Replies DIGITS =
      new Replies(
          IntStream.rangeClosed(1, Grade.HIGHEST).mapToObj(Integer::toString).toList(),
          " Reply with one digit and nothing else.",
          "rate it.",
          "The rating is:");

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

  /**
   * The replies that a question has.
   *
   * @param plainly how the question ends if nothing is to be said but the reply
   * @param then what is to be done after reasoning
   * @param verdict what stands before the reply
   */
  private record Replies(List<String> all, String plainly, String then, String verdict) {}

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
      String text = JudgePrompts.comparison(principles.values(), question);
      asked.add(asked(question.id(), text, LETTERS));
    }
    return said(asked, LETTERS, logs -> Logistic.sigmoid(logs[0] - logs[1]));
  }

  @Override
  public OptionalDouble score(Single answer) {
    return scoreAll(List.of(answer)).get(0);
  }

  @Override
  public List<OptionalDouble> scoreAll(List<Single> answers) {
    List<Prompt> asked = new ArrayList<>();
    for (Single answer : answers) {
      String text = JudgePrompts.grade(principles.values(), answer);
      asked.add(asked(answer.id(), text, DIGITS));
    }
    return said(asked, DIGITS, Grade::of);
  }

  /**
   * What the probabilities of several replies to each prompt say; nothing where the prompt does not
   * fit into the context.
   */
  private List<OptionalDouble> said(
      List<Prompt> prompts, Replies replies, ToDoubleFunction<double[]> read) {
    AnswerFormat format = new AnswerFormat(model);
    List<Boolean> whole = new ArrayList<>();
    List<Sequence> rows = new ArrayList<>();
    for (Prompt prompt : prompts) {
      int cut = format.cut();
      for (String reply : replies.all()) {
        rows.add(format.example(new Exchange(prompt, prompt.answer(reply), false)));
      }
      whole.add(format.cut() == cut);
    }
    double[] logProbs = AnswerLogProbs.of(model, rows);
    int n = replies.all().size();
    List<OptionalDouble> said = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      tooLong += whole.get(i) ? 0 : 1;
      double[] own = Arrays.copyOfRange(logProbs, i * n, (i + 1) * n);
      said.add(whole.get(i) ? OptionalDouble.of(read.applyAsDouble(own)) : OptionalDouble.empty());
    }
    return said;
  }

  /** What stands before the reply. */
  private Prompt asked(long id, String text, Replies replies) {
    if (reasoning == null) {
      return begun(text + replies.plainly(), null, replies);
    }
    String request = text + " Think step by step, and only then " + replies.then();
    String thoughts = written(request, id, reasoning).orElse("");
    return begun(text, thoughts + "\n" + replies.verdict(), replies);
  }

  /** A request, and how the reply to it begins. */
  private Prompt begun(String request, @Nullable String begun, Replies replies) {
    if (model.chatTemplate().isEmpty()) {
      return Prompt.of(request + "\n" + (begun == null ? replies.verdict() : begun));
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
  public @Nullable Silence silence() {
    return tooLong == 0
        ? null
        : new Silence(
            "PLB0314",
            tooLong
                + (tooLong == 1 ? " question is" : " questions are")
                + " longer than its context of "
                + model.config().contextLength()
                + " tokens",
            "name a model that reads longer texts, or shorten the principles or the answers");
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
