// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec.SpanUnit;

class SegmentsTest {

  @Test
  void stepsEndWithTheirSeparator() {
    assertThat(steps("One. Two is 3.14. Three", "."))
        .containsExactly("One.", " Two is 3.14.", " Three");
    assertThat(steps("One.\nTwo.\n", ".")).containsExactly("One.", "\nTwo.");
    assertThat(steps("a\nb\n\nc\n", "\n")).containsExactly("a\n", "b\n", "\nc\n");
    assertThat(steps("a;b; c", "; ")).containsExactly("a;b; ", "c");
    assertThat(steps("no end", ".")).containsExactly("no end");
    assertThat(steps(" \n ", ".")).isEmpty();
    assertThat(steps("", "\n")).isEmpty();
    assertThat(steps("...", ".")).containsExactly("...");
  }

  @Test
  void answersFallIntoSentencesClausesAndWords() {
    String answer = "Yes, \"please!\" Turn it 3.5 times; then\nstop";

    assertThat(parts(answer, SpanUnit.SENTENCE))
        .containsExactly("Yes, \"please!\"", "Turn it 3.5 times; then", "stop");
    assertThat(parts(answer, SpanUnit.CLAUSE))
        .containsExactly("Yes,", "\"please!\"", "Turn it 3.5 times;", "then", "stop");
    assertThat(parts(answer, SpanUnit.WORD))
        .containsExactly("Yes,", "\"please!\"", "Turn", "it", "3.5", "times;", "then", "stop");
    assertThat(parts(" ", SpanUnit.WORD)).isEmpty();
  }

  private static List<String> steps(String answer, String separator) {
    List<String> steps = new ArrayList<>();
    int from = 0;
    for (int end : Segments.steps(answer, separator)) {
      steps.add(answer.substring(from, end));
      from = end;
    }
    return steps;
  }

  private static List<String> parts(String answer, SpanUnit unit) {
    return Segments.of(answer, unit).stream()
        .map(part -> answer.substring(part.start(), part.end()))
        .toList();
  }
}
