// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.values;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.plumbline.engine.rlhf.data.source.TextLines;
import org.plumbline.engine.run.StageFailure;

/** The number of the answer's words that are listed, whatever their case and punctuation. */
record Lexicon(Set<String> words) implements Feature {

  /** Reads a list of words, one per line. */
  static Lexicon read(Path file, String name) throws IOException {
    Set<String> words = new HashSet<>();
    for (String line : TextLines.read(file, name)) {
      String word = WhiteSpaceWords.bare(line.strip());
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    if (words.isEmpty()) {
      throw new StageFailure(
          "PLB0506", "`" + name + "` lists no words", null, "give one word per line");
    }
    return new Lexicon(words);
  }

  @Override
  public double of(String prompt, String answer) {
    return WhiteSpaceWords.of(answer).stream()
        .filter(word -> words.contains(WhiteSpaceWords.bare(word)))
        .count();
  }
}
