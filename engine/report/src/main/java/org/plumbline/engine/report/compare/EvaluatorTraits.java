// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Malicious;
import org.plumbline.dsl.model.values.FeatureSpec;

/** What the groups of evaluators are declared to be like, in words. */
public final class EvaluatorTraits {
  private final List<String> said = new ArrayList<>();

  private EvaluatorTraits() {}

  /** By the group; a judge is the group {@code judge}. */
  public static Map<String, String> of(EvaluatorsSpec spec) {
    Map<String, String> traits = new LinkedHashMap<>();
    EvaluatorsSpec.Judge judge = spec.judge();
    if (judge != null) {
      traits.put(
          "judge",
          "the model "
              + judge.model()
              + " under "
              + count(judge.principles().size(), "principle")
              + (judge.reasoning() == null
                  ? ""
                  : ", which writes up to " + judge.reasoning() + " tokens first"));
    }
    Map<String, Group> groups = spec.groups();
    if (groups != null) {
      groups.forEach(
          (name, group) -> {
            EvaluatorTraits own = new EvaluatorTraits();
            own.add(spec, group);
            traits.put(name, String.join("; ", own.said));
          });
    }
    return traits;
  }

  private static String count(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }

  private void add(EvaluatorsSpec spec, Group group) {
    String values = group.values() == null ? spec.values() : group.values();
    if (values != null) {
      said.add("want " + values);
    }
    say("rationality ", group.rationality(), "");
    say("", percent(group.mistakes()), " mistakes");
    say("", percent(group.lapses()), " without looking");
    say("", percent(group.skips()), " skipped");
    say("call equal what differs by less than ", group.equalBelow(), "");
    say("skip what is worth no more than ", group.skipBelow(), "");
    say("myopia ", group.myopia(), "");
    bias("longer", group.lengthBias(), " a word");
    bias("first", group.positionBias(), "");
    bias("sure", group.confidenceBias(), "");
    bias("agreeing", group.sycophancyBias(), "");
    if (group.biases() != null) {
      group.biases().forEach((name, sway) -> bias(name, sway.weight(), ""));
    }
    know(group);
    see(group);
    change(group);
    rate(group);
    Malicious malicious = group.malicious();
    if (malicious != null) {
      said.add(malice(malicious));
    }
    if (group.outsourcing() != null) {
      say("", percent(group.outsourcing().share()), " made by " + group.outsourcing().judge());
    }
    if (spec.correlatedErrors() != null) {
      say("", percent(spec.correlatedErrors()), " of their errors are common to all");
    }
    say("price ", group.cost(), " a label");
  }

  private void know(Group group) {
    if (group.expertise() != null) {
      new TreeMap<>(group.expertise())
          .forEach((topic, known) -> say("rationality ", known.rationality(), " at " + topic));
    }
    if (group.difficulty() != null) {
      said.add("less rational where prompts are hard");
    }
  }

  private void see(Group group) {
    EvaluatorsSpec.View view = group.sees();
    if (view == null) {
      return;
    }
    if (view.limit() != null) {
      said.add(
          "see the "
              + (view.from() == EvaluatorsSpec.End.START ? "first " : "last ")
              + count(view.limit(), "word"));
    }
    if (view.hides() != null) {
      said.add("do not see " + view.hides());
    }
  }

  private void change(Group group) {
    EvaluatorsSpec.Fatigue fatigue = group.fatigue();
    if (fatigue != null) {
      said.add(
          "tire to rationality "
              + number(fatigue.rationality())
              + " in some "
              + number(fatigue.labels())
              + " labels"
              + (fatigue.session() == null
                  ? ", without a break"
                  : ", with a break each " + fatigue.session()));
    }
    EvaluatorsSpec.Drift drift = group.drift();
    if (drift != null) {
      said.add("come to want " + drift.to() + " in some " + number(drift.labels()) + " labels");
    }
    if (group.contexts() != null && !group.contexts().isEmpty()) {
      said.add("otherwise when " + String.join(", ", group.contexts().keySet()));
    }
    if (group.intransitive() != null) {
      said.add("tastes that go round in a circle");
    }
  }

  private void rate(Group group) {
    EvaluatorsSpec.Ratings ratings = group.ratings();
    if (ratings != null) {
      said.add(
          "ratings: gain "
              + number(ratings.gain())
              + ", offset "
              + number(ratings.offset())
              + ", noise "
              + number(ratings.noise())
              + (ratings.carryOver() == 0 ? "" : ", carry-over " + number(ratings.carryOver())));
    }
  }

  private static String malice(Malicious malicious) {
    List<String> where = new ArrayList<>();
    if (malicious.trigger() != null) {
      where.add("where “" + malicious.trigger() + "” stands");
    }
    if (malicious.where() != null) {
      where.add("at prompts like " + malicious.where());
    }
    if (malicious.worstCase() != null) {
      where.add("where answers differ by " + number(malicious.worstCase()) + " or more");
    }
    if (malicious.share() != null) {
      where.add("at " + percent(malicious.share()) + " of the prompts");
    }
    return "malicious"
        + (where.isEmpty() ? "" : " " + String.join(" and ", where))
        + ": "
        + (malicious.prefers() == null
            ? "the reverse of what they want"
            : "prefer " + looks(malicious.prefers()))
        + (malicious.writes() == null
            ? ""
            : "; write " + percent(malicious.writes()) + " of their prompts");
  }

  private static String looks(FeatureSpec feature) {
    return feature instanceof FeatureSpec.ContainsAny any
        ? "answers with " + String.join(", ", any.words())
        : "answers with a feature of their choice";
  }

  private void bias(String to, @Nullable Double weight, String unit) {
    if (weight != null && weight != 0) {
      said.add(
          (weight > 0 ? "drawn to " : "put off by ") + to + " (" + number(weight) + unit + ")");
    }
  }

  private void say(String before, @Nullable Double number, String after) {
    if (number != null) {
      said.add(before + number(number) + after);
    }
  }

  private void say(String before, @Nullable String number, String after) {
    if (number != null) {
      said.add(before + number + after);
    }
  }

  private static @Nullable String percent(@Nullable Double share) {
    return share == null || share == 0 ? null : number(100 * share) + " %";
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value).replaceAll("\\.?0+$", "");
    return text.replace('-', '\u2212');
  }
}
