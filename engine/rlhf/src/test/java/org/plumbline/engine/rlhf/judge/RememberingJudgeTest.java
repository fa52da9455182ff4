// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
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
    for (OptionalDouble verdict :
        List.of(OptionalDouble.of(0.1 + 0.2), OptionalDouble.of(0), OptionalDouble.empty())) {
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
