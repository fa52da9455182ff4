// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.shape.Type;

/** How scripts spell what a spec says. */
class WordsOfBlocksTest {
  private static final Vocabulary EXPERIMENT = Vocabulary.ofExperiment();

  @Test
  void aKeyIsAPropertyInCamelCase() {
    Word learningRate = word("policies", "dpo", "learningRate");

    assertThat(learningRate.key()).isEqualTo("learning_rate");
    assertThat(learningRate.form()).isEqualTo(Word.Form.PROPERTY);
    assertThat(learningRate.block()).isEmpty();
    assertThat(learningRate.value()).contains(new Type.Real());
  }

  @Test
  void theNameOfAnEntryWithoutKindsFollowsTheWordForOne() {
    Word group = word("evaluators", "group");

    assertThat(group.key()).isEqualTo("groups");
    assertThat(group.form()).isEqualTo(Word.Form.ENTRY);
    assertThat(group.block().map(Vocabulary::name)).contains("GroupBlock");
    assertThat(group.value()).isEmpty();
    assertThat(word("values", "weight").value()).contains(new Type.Real());
  }

  @Test
  void aKindIsTheWordInItsSectionAndAChoiceWhereThereIsOneOnly() {
    assertThat(word("policies", "dpo").form()).isEqualTo(Word.Form.KIND);
    Word choice = word("evaluators", "group", "malicious", "prefers", "containsAny");
    assertThat(choice.form()).isEqualTo(Word.Form.CHOICE);
    assertThat(choice.key()).isEqualTo("contains_any");
    assertThat(choice.value()).contains(new Type.ListOf(new Type.Text()));
  }

  @Test
  void pathsAreNotCalledPath() {
    assertThat(word("variant", "with").key()).isEqualTo("with");
    assertThat(word("sweep", "over").key()).isEqualTo("over");
  }

  @Test
  void theBlockOfAKindBearsTheNameOfItsSection() {
    assertThat(word("policies", "ppo").block().map(Vocabulary::name)).contains("PpoPolicyBlock");
    assertThat(word("policies").block().map(Vocabulary::holdsKinds)).contains(true);
    assertThat(word("evaluators").block().map(Vocabulary::holdsKinds)).contains(false);
  }

  @Test
  void whatTheHeadOfTheExperimentSaysIsNoWordInIt() {
    assertThat(EXPERIMENT.word("plumb")).isEmpty();
    assertThat(EXPERIMENT.word("name")).isEmpty();
    assertThat(EXPERIMENT.word("seeds")).isPresent();
  }

  private static Word word(String... path) {
    Vocabulary block = EXPERIMENT;
    for (int i = 0; i < path.length - 1; i++) {
      block = block.word(path[i]).flatMap(Word::block).orElseThrow();
    }
    return block.word(path[path.length - 1]).orElseThrow();
  }
}
