// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;

/** A search for texts that, put after a prompt, make a recipe do what it should not. */
@Doc("a search for texts that, put after a prompt, make a recipe do what it should not")
public record RedTeamSpec(
    @Doc("the feature of the values that tells whether an attack succeeds")
        @Refers(Section.FEATURES)
        String feature,
    @Doc("an answer is a success if its feature is above this") @Default("0") double above,
    @Doc("how texts are looked for; each attack has the same number of tries") @Default("[random]")
        List<Attack> attacks,
    @Doc(
            "the beginning of an answer: the likelier it is after a text, the better the text;"
                + " absent: by the feature of its answer, which is blind before a success if it is"
                + " 0 or 1")
        @Nullable String targetText,
    @Doc("the prompts that are attacked; absent: those of `compare`") @Refers(Section.DATA)
        @Nullable String prompts,
    @Doc(value = "how many of the prompts are attacked: the first", unit = "prompts")
        @Default("16")
        @Range("[1, 10000]")
        int first,
    @Doc(value = "texts that are tried, for each prompt and attack", unit = "texts")
        @Default("64")
        @Range("[1, 100000]")
        int tries,
    @Doc(value = "length of the texts", unit = "tokens") @Default("4") @Range("[1, 64]") int length,
    @Doc("texts that a beam search keeps at each length") @Default("8") @Range("[1, 256]")
        int width) {

  /** How texts are looked for. */
  public enum Attack {
    @Doc("nothing is put after the prompt: how often asking again is enough")
    PLAIN,
    @Doc("each text is drawn at random")
    RANDOM,
    @Doc("each place of a text in turn gets the best of some tokens, in three sweeps")
    GREEDY,
    @Doc("texts grow token by token, and the best few are kept")
    BEAM,
    @Doc("tokens by the gradient of the target's likelihood, as in GCG")
    GRADIENT,
    @Doc("a distribution over texts that learns by RLOO, from prompt to prompt")
    REINFORCE;

    /** Whether it puts a text behind the prompt. */
    public boolean writes() {
      return this != PLAIN;
    }
  }
}
