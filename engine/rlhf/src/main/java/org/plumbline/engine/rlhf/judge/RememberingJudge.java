// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.Unreachable;
import org.plumbline.engine.store.content.KeptAnswers;

/**
 * A judge that is asked nothing twice: what it has said is kept before it is used, and found again
 * after an interruption. A question to which no answer comes, or which is refused, is not answered,
 * see {@link Outage}; that is not kept, so that it is asked again if the stage is, and neither is a
 * reply in which there is no verdict.
 */
final class RememberingJudge implements Judge {
  /** Stands between the parts of a question: no text can hold it and be read otherwise. */
  private static final String SEPARATOR = "\u0000";

  /** Stands for a reply that cannot be read: no number is written so, and no text is kept so. */
  private static final String NO_VERDICT = "\u0000none";

  private final Judge judge;
  private final KeptAnswers kept;
  private final Outage outage = new Outage();

  RememberingJudge(Judge judge, KeptAnswers kept) {
    this.judge = judge;
    this.kept = kept;
  }

  /** Asks, if the answer is not there. */
  @FunctionalInterface
  private interface Ask {
    String ask() throws IOException;
  }

  /** Asks for a number. */
  @FunctionalInterface
  private interface AskNumber {
    OptionalDouble ask() throws IOException;
  }

  @Override
  public String name() {
    return judge.name();
  }

  @Override
  public Map<String, String> principles() {
    return judge.principles();
  }

  @Override
  public int atOnce() {
    return judge.atOnce();
  }

  @Override
  public boolean writesRevisions() {
    return judge.writesRevisions();
  }

  @Override
  public OptionalDouble compare(Question question) throws IOException {
    String key =
        key("compare", question.id(), question.prompt(), question.first(), question.second());
    return number(key, () -> judge.compare(question));
  }

  @Override
  public OptionalDouble score(Single answer) throws IOException {
    String key = key("score", answer.id(), answer.prompt(), answer.answer());
    return number(key, () -> judge.score(answer));
  }

  private OptionalDouble number(String key, AskNumber ask) throws IOException {
    String said =
        answer(
                key,
                () -> {
                  OptionalDouble number = ask.ask();
                  return number.isPresent() ? Double.toString(number.getAsDouble()) : NO_VERDICT;
                })
            .orElse(NO_VERDICT);
    return said.equals(NO_VERDICT)
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(said));
  }

  @Override
  public boolean mayAnswerLater() {
    return true;
  }

  @Override
  public @Nullable Silence silence() {
    Silence silence = outage.silence();
    return silence == null ? judge.silence() : silence;
  }

  @Override
  public void note(StageContext context) {
    judge.note(context);
    Silence silence = outage.silence();
    if (silence != null) {
      context.note(
          outage.questions()
              + (outage.questions() == 1 ? " question" : " questions")
              + " to the judge got no answer, and nothing is learned from "
              + (outage.questions() == 1 ? "it" : "them")
              + "; the last: "
              + silence.because());
    }
  }

  @Override
  public void close() {
    judge.close();
  }

  @Override
  public OptionalDouble likely(Question question) {
    return judge.likely(question);
  }

  @Override
  public Critique criticise(Case about) throws IOException {
    String key = key("criticise", about.id(), about.prompt(), about.answer(), about.principle());
    return new Critique(about, answer(key, () -> judge.criticise(about).text()).orElse(""));
  }

  @Override
  public String revise(Critique critique, List<String> candidates) throws IOException {
    List<String> all = new ArrayList<>(candidates);
    Case about = critique.about();
    all.addAll(List.of(about.prompt(), about.answer(), about.principle(), critique.text()));
    String key = key("revise", about.id(), all.toArray(String[]::new));
    return answer(key, () -> judge.revise(critique, candidates)).orElse(about.answer());
  }

  /** What is said to a question; empty if no answer came. */
  private Optional<String> answer(String key, Ask ask) throws IOException {
    Optional<String> before = kept.find(key);
    if (before.isPresent()) {
      outage.heard();
      return before;
    }
    String answer;
    try {
      answer = ask.ask();
    } catch (Unreachable nobody) {
      outage.silent(nobody);
      return Optional.empty();
    } catch (QuestionRefused refusal) {
      outage.refused(refusal);
      return Optional.empty();
    }
    outage.heard();
    if (!answer.equals(NO_VERDICT)) {
      kept.keep(key, answer);
    }
    return Optional.of(answer);
  }

  private static String key(String kind, long id, String... parts) {
    StringBuilder text = new StringBuilder(kind).append(SEPARATOR).append(id);
    for (String part : parts) {
      text.append(SEPARATOR).append(part.length()).append(SEPARATOR).append(part);
    }
    return text.toString();
  }
}
