// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.run.Unreachable;
import org.plumbline.engine.store.content.KeptAnswers;

class RememberingJudgeTest {

  /** Answers in the heap. */
  private static final class Memory implements KeptAnswers {
    private final Map<String, String> answers = new HashMap<>();

    @Override
    public Optional<String> find(String question) {
      return Optional.ofNullable(answers.get(question));
    }

    @Override
    public void keep(String question, String answer) {
      answers.put(question, answer);
    }
  }

  /** Says something else each time. */
  private static final class Moody implements Judge {
    private final List<String> asked = new ArrayList<>();
    private final List<OptionalDouble> verdicts;

    Moody(OptionalDouble... verdicts) {
      this.verdicts = new ArrayList<>(List.of(verdicts));
    }

    @Override
    public String name() {
      return "moody";
    }

    @Override
    public Map<String, String> principles() {
      return Map.of("kind", "Be kind.");
    }

    @Override
    public int atOnce() {
      return 3;
    }

    @Override
    public boolean writesRevisions() {
      return true;
    }

    @Override
    public OptionalDouble compare(Question question) {
      asked.add("compare");
      return verdicts.remove(0);
    }

    @Override
    public OptionalDouble score(Single answer) {
      asked.add("score");
      return verdicts.remove(0);
    }

    @Override
    public Critique criticise(Case about) {
      asked.add("criticise");
      return new Critique(about, "critique " + asked.size());
    }

    @Override
    public String revise(Critique critique, List<String> candidates) {
      asked.add("revise");
      return "revision " + asked.size();
    }
  }

  private static final Judge.Question QUESTION = new Judge.Question(1, "p", "x", "y");

  @Test
  void aVerdictIsTheSameToTheLastBitAfterAnInterruption() throws IOException {
    for (OptionalDouble verdict : List.of(OptionalDouble.of(0.1 + 0.2), OptionalDouble.of(0))) {
      Memory memory = new Memory();
      Moody moody = new Moody(verdict);

      OptionalDouble first = new RememberingJudge(moody, memory).compare(QUESTION);
      OptionalDouble second = new RememberingJudge(moody, memory).compare(QUESTION);

      assertThat(first).isEqualTo(verdict);
      assertThat(second).isEqualTo(verdict);
      assertThat(moody.asked).hasSize(1);
    }
  }

  @Test
  void aReplyWithoutAVerdictIsNotKeptAndAskedForAgainAfterAnInterruption() throws IOException {
    Memory memory = new Memory();
    Moody moody = new Moody(OptionalDouble.empty(), OptionalDouble.of(0.7));

    assertThat(new RememberingJudge(moody, memory).compare(QUESTION)).isEmpty();
    assertThat(memory.answers).isEmpty();
    assertThat(new RememberingJudge(moody, memory).compare(QUESTION)).hasValue(0.7);
    assertThat(new RememberingJudge(moody, memory).compare(QUESTION)).hasValue(0.7);
    assertThat(moody.asked).hasSize(2);
  }

  @Test
  void otherContentAndTheSameContentAtAnotherPlaceAreOtherQuestions() throws IOException {
    Moody moody =
        new Moody(
            OptionalDouble.of(0),
            OptionalDouble.of(0.25),
            OptionalDouble.of(0.5),
            OptionalDouble.of(1));
    Judge judge = new RememberingJudge(moody, new Memory());

    assertThat(judge.compare(QUESTION)).hasValue(0);
    assertThat(judge.compare(new Judge.Question(2, "p", "x", "y"))).hasValue(0.25);
    assertThat(judge.compare(new Judge.Question(1, "p", "y", "x"))).hasValue(0.5);
    assertThat(judge.compare(new Judge.Question(1, "px", "", "y"))).hasValue(1);
    assertThat(judge.compare(QUESTION)).hasValue(0);
  }

  /** Answers nothing but the questions with these numbers. */
  private record Hanging(Set<Long> answered) implements Judge {
    @Override
    public String name() {
      return "hanging";
    }

    @Override
    public Map<String, String> principles() {
      return Map.of("kind", "Be kind.");
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
      if (answered.contains(question.id())) {
        return OptionalDouble.of(1);
      }
      throw new Unreachable("PLB0906", "no answer in 6 attempts", "see that it answers");
    }

    @Override
    public OptionalDouble score(Single answer) {
      throw new Unreachable("PLB0906", "no answer in 6 attempts", "see that it answers");
    }

    @Override
    public Critique criticise(Case about) {
      throw new Unreachable("PLB0906", "no answer in 6 attempts", "see that it answers");
    }

    @Override
    public String revise(Critique critique, List<String> candidates) {
      throw new Unreachable("PLB0906", "no answer in 6 attempts", "see that it answers");
    }
  }

  private static Judge.Question question(long id) {
    return new Judge.Question(id, "p", "x", "y");
  }

  @Test
  void aQuestionWithoutAnAnswerIsMarkedAndCountedAndTheOthersGoOn() throws IOException {
    Memory memory = new Memory();
    Judge judge = new RememberingJudge(new Hanging(Set.of(0L, 2L)), memory);

    assertThat(judge.compare(question(0))).hasValue(1);
    assertThat(judge.silence()).isNull();
    assertThat(judge.compare(question(1))).isEmpty();
    assertThat(judge.compare(question(2))).hasValue(1);
    assertThat(judge.score(new Judge.Single(3, "p", "a"))).isEmpty();
    Judge.Case about = new Judge.Case(4, "p", "a", "kind");
    Judge.Critique critique = judge.criticise(about);

    assertThat(critique.text()).isEmpty();
    assertThat(judge.revise(critique, List.of())).isEqualTo("a");
    assertThat(Objects.requireNonNull(judge.silence()).because())
        .isEqualTo("no answer in 6 attempts");
    // What is not answered is asked again by whoever goes on.
    assertThat(memory.answers).hasSize(2);
    assertThat(new RememberingJudge(new Hanging(Set.of(1L)), memory).compare(question(1)))
        .hasValue(1);
  }

  @Test
  void whereNothingIsEverAnsweredTheStageEndsOnce() throws IOException {
    Judge judge = new RememberingJudge(new Hanging(Set.of()), new Memory());
    for (int i = 1; i < Outage.IN_A_ROW; i++) {
      assertThat(judge.compare(question(i))).isEmpty();
    }

    StageFailure failure =
        catchThrowableOfType(StageFailure.class, () -> judge.compare(question(Outage.IN_A_ROW)));

    assertThat(failure.code()).isEqualTo("PLB0906");
    assertThat(failure).hasMessage("none of 8 questions was answered: no answer in 6 attempts");
  }

  @Test
  void whoHasAnsweredBeforeIsWaitedFor() throws IOException {
    Judge judge = new RememberingJudge(new Hanging(Set.of(0L, 5L)), new Memory());
    assertThat(judge.compare(question(0))).hasValue(1);
    for (int i = 1; i < 5 + Outage.IN_A_ROW; i++) {
      judge.compare(question(i)); // the fifth is answered, so that others in a row are counted anew
    }

    assertThatThrownBy(() -> judge.compare(question(20))).isInstanceOf(Unreachable.class);
  }

  @Test
  void refusalsWithoutEndEndTheStageAndAreNoSilence() throws IOException {
    Outage outage = new Outage();
    outage.heard();
    for (int i = 1; i < Outage.REFUSED_IN_A_ROW; i++) {
      outage.refused(new QuestionRefused("status 400: no money left", "http://localhost/v1"));
    }

    assertThat(outage.silence()).isNull();
    assertThat(outage.questions()).isZero();
    assertThatThrownBy(
            () ->
                outage.refused(
                    new QuestionRefused("status 400: no money left", "http://localhost/v1")))
        .isInstanceOf(Unreachable.class)
        .hasMessage(
            "64 questions in a row were refused; the last: the judge at http://localhost/v1"
                + " refuses: status 400: no money left");
  }

  @Test
  void whoRefusesIsThereSoThatSilenceIsCountedAnew() {
    Outage outage = new Outage();
    outage.heard();
    for (int i = 0; i < 4 * Outage.IN_A_ROW; i++) {
      if (i % 4 == 3) {
        outage.refused(new QuestionRefused("no", "http://localhost/v1"));
      } else {
        outage.silent(new Unreachable("PLB0906", "no answer in 6 attempts", "see"));
      }
    }

    assertThat(outage.questions()).isEqualTo(3 * Outage.IN_A_ROW);
  }

  @Test
  void critiquesAndRevisionsAreKeptToo() throws IOException {
    Memory memory = new Memory();
    Moody moody = new Moody();
    Judge.Case about = new Judge.Case(1, "p", "a", "kind");

    Judge.Critique critique = new RememberingJudge(moody, memory).criticise(about);
    String revision = new RememberingJudge(moody, memory).revise(critique, List.of());
    Judge again = new RememberingJudge(moody, memory);

    assertThat(again.criticise(about)).isEqualTo(critique);
    assertThat(again.revise(critique, List.of())).isEqualTo(revision);
    assertThat(again.criticise(new Judge.Case(2, "p", "a", "kind")).text()).isEqualTo("critique 3");
    assertThat(moody.asked).containsExactly("criticise", "revise", "criticise");
  }
}
