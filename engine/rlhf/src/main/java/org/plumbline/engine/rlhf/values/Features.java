// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.values;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.engine.run.StageFailure;

/** Makes features of their declarations. */
public final class Features {
  private Features() {}

  /** Finds the file that a declaration names by a path. */
  @FunctionalInterface
  public interface Files {
    Path file(String path);
  }

  /** The declared feature; reads the file of a lexicon. */
  public static Feature of(FeatureSpec spec, Files files) throws IOException {
    if (spec instanceof FeatureSpec.ContainsAny any) {
      return new ContainsAny(any.words());
    } else if (spec instanceof FeatureSpec.ContainsAll all) {
      return new ContainsAll(all.words());
    } else if (spec instanceof FeatureSpec.Regex regex) {
      return new RegexFound(pattern(regex.pattern()));
    } else if (spec instanceof FeatureSpec.NamesFromPrompt names) {
      return new NamesFromPrompt(withGroup("names_from_prompt", pattern(names.pattern())));
    } else if (spec instanceof FeatureSpec.Length length) {
      return new Length(length.unit());
    } else if (spec instanceof FeatureSpec.Repetition repetition) {
      return new Repetition(repetition.of(), repetition.above());
    } else if (spec instanceof FeatureSpec.Ends ends) {
      return new Ends(ends.endings());
    } else if (spec instanceof FeatureSpec.SoundsSure sounds) {
      return new SoundsSure(sounds.sure(), sounds.unsure());
    } else if (spec instanceof FeatureSpec.AgreesWithAsker agrees) {
      Pattern states = withGroup("agrees_with_asker", pattern(agrees.states()));
      return new AgreesWithAsker(states, agrees.agreeing(), agrees.disagreeing());
    } else if (spec instanceof FeatureSpec.Lexicon lexicon) {
      return Lexicon.read(files.file(lexicon.file()), lexicon.file());
    }
    throw new AssertionError(spec);
  }

  /** The regular expression that a spec gives; one that is none ends the stage. */
  public static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new StageFailure(
          "PLB0309",
          "not a regular expression: `" + text + "`: " + e.getDescription(),
          null,
          "the syntax is that of java.util.regex.Pattern");
    }
  }

  private static Pattern withGroup(String kind, Pattern pattern) {
    if (pattern.matcher("").groupCount() == 0) {
      throw new StageFailure(
          "PLB0320",
          "the pattern of `" + kind + "`, `" + pattern + "`, has no group",
          null,
          "put what is meant into brackets: the (\\w+)");
    }
    return pattern;
  }
}
