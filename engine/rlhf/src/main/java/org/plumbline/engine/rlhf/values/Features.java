// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.values;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/** Makes features of their declarations. */
public final class Features {
  private Features() {}

  /** What declarations of features name. */
  @FunctionalInterface
  public interface Sources {

    /** The file of this path. */
    Path file(String path);

    /** The score of the reward of this name. */
    default Feature reward(String name) throws IOException {
      throw new IllegalStateException("no reward is at hand, and so no `" + name + "`");
    }
  }

  /** Makes a feature of a reward; the package of rewards has one, which knows this package. */
  public interface RewardFeatures {

    /** The score of the reward that this artifact is, which stays open until the stage ends. */
    Feature of(StageContext context, Artifact reward) throws IOException;
  }

  /** What the node of a plan refers to. */
  public static Sources declared(StageContext context) {
    return new Sources() {
      @Override
      public Path file(String path) {
        return context.file(path);
      }

      @Override
      public Feature reward(String name) throws IOException {
        return Features.reward(context, context.input(role(name)));
      }
    };
  }

  /** The role in which a node reads the reward that values name. */
  static String role(String reward) {
    return Section.REWARDS.key() + "." + reward;
  }

  /** The score of a reward. */
  static Feature reward(StageContext context, Artifact reward) throws IOException {
    return ServiceLoader.load(RewardFeatures.class, RewardFeatures.class.getClassLoader())
        .findFirst()
        .orElseThrow()
        .of(context, reward);
  }

  /** The declared feature; reads the file of a lexicon, and opens a reward. */
  public static Feature of(FeatureSpec spec, Sources sources) throws IOException {
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
      return Lexicon.read(sources.file(lexicon.file()), lexicon.file());
    } else if (spec instanceof FeatureSpec.RewardModel scored) {
      return sources.reward(scored.reward());
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
