package org.plumbline.engine.rlhf.values;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.plumbline.engine.store.StageFailure;

/** The number of the answer's words that are listed, whatever their case and punctuation. */
record Lexicon(Set<String> words) implements Feature {

  /** Reads a list of words, one per line. */
  static Lexicon read(Path file, String name) throws IOException {
    Set<String> words = new HashSet<>();
    try {
      for (String line : Files.readAllLines(file)) {
        String word = Words.bare(line.strip());
        if (!word.isEmpty()) {
          words.add(word);
        }
      }
    } catch (CharacterCodingException e) {
      throw new StageFailure(
          "PLB0507", name + ": not UTF-8 text", null, "convert the file to UTF-8");
    }
    if (words.isEmpty()) {
      throw new StageFailure(
          "PLB0506", "`" + name + "` lists no words", null, "give one word per line");
    }
    return new Lexicon(words);
  }

  @Override
  public double of(String prompt, String answer) {
    return Words.of(answer).stream().filter(word -> words.contains(Words.bare(word))).count();
  }
}
