// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;

/** Checks regular expressions, wherever a spec gives one. */
final class RegexCheck {
  private final Scope scope;

  RegexCheck(Scope scope) {
    this.scope = scope;
  }

  void run() {
    for (ValuesSpec values : scope.experiment().values().values()) {
      values.features().values().forEach(this::feature);
    }
    for (EvaluatorsSpec evaluators : scope.experiment().evaluators().values()) {
      feature(evaluators.sureWhen());
      feature(evaluators.agreesWhen());
      Map<String, EvaluatorsSpec.Group> groups = evaluators.groups();
      if (groups != null) {
        groups.values().forEach(this::group);
      }
    }
  }

  private void group(EvaluatorsSpec.Group group) {
    EvaluatorsSpec.Malicious malicious = group.malicious();
    if (malicious != null) {
      feature(malicious.prefers());
      compile(malicious, "where", malicious.where());
    }
    if (group.intransitive() != null) {
      feature(group.intransitive().of());
      feature(group.intransitive().and());
    }
    if (group.contexts() != null) {
      for (EvaluatorsSpec.Circumstance circumstance : group.contexts().values()) {
        compile(circumstance, "told", circumstance.told());
        compile(circumstance, "where", circumstance.where());
      }
    }
    if (group.difficulty() != null) {
      feature(group.difficulty().of());
    }
    if (group.expertise() != null) {
      for (EvaluatorsSpec.Expertise topic : group.expertise().values()) {
        compile(topic, "matches", topic.matches());
      }
    }
    if (group.biases() != null) {
      for (EvaluatorsSpec.Sway sway : group.biases().values()) {
        feature(sway.of());
        compile(sway, "where", sway.where());
      }
    }
    EvaluatorsSpec.View view = group.sees();
    if (view != null) {
      compile(view, "hides", view.hides());
    }
  }

  private void feature(@Nullable FeatureSpec feature) {
    if (feature instanceof FeatureSpec.Regex regex) {
      compile(regex, "pattern", regex.pattern());
    } else if (feature instanceof FeatureSpec.NamesFromPrompt names) {
      withGroup(names, "pattern", names.pattern());
    } else if (feature instanceof FeatureSpec.AgreesWithAsker agrees) {
      withGroup(agrees, "states", agrees.states());
    }
  }

  private void withGroup(FeatureSpec feature, String key, String text) {
    Optional<Pattern> pattern = compile(feature, key, text);
    if (pattern.isPresent() && pattern.get().matcher("").groupCount() == 0) {
      boolean names = feature instanceof FeatureSpec.NamesFromPrompt;
      scope.add(
          Code.PLB0320,
          scope.places().value(feature, key),
          "the pattern has no group that says which "
              + (names ? "word is meant" : "part of the prompt is the view"),
          names
              ? "put round brackets around the word, as in `the (\\w+)`"
              : "put round brackets around it, as in `i like (\\w+)`");
    }
  }

  private Optional<Pattern> compile(Object block, String key, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      Pattern pattern = Pattern.compile(text);
      if (RegexCost.costly(pattern)) {
        scope.add(
            Code.PLB0340,
            scope.places().value(block, key),
            "this regular expression takes longer than anybody waits on some texts",
            "do not repeat what repeats already: `(a+)+` finds what `a+` finds");
      }
      return Optional.of(pattern);
    } catch (PatternSyntaxException e) {
      scope.add(
          Diagnostic.of(
                  Code.PLB0309,
                  scope.places().value(block, key),
                  "this is not a regular expression: " + lower(e.getDescription()))
              .note("in YAML, single quotes keep every backslash as it is"));
      return Optional.empty();
    }
  }

  private static String lower(String text) {
    List<String> words = new ArrayList<>(List.of(text.split(" ", 2)));
    words.set(0, words.get(0).toLowerCase(Locale.ROOT));
    return String.join(" ", words);
  }
}
