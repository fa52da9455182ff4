// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.Map;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Circumstance;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Hiring;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Malicious;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Takes;
import org.plumbline.dsl.model.feedback.Headcounts;

/** Checks who of the people is hired, and whether what is said of their traits can act. */
final class HiringCheck {
  private final Scope scope;

  HiringCheck(Scope scope) {
    this.scope = scope;
  }

  void run() {
    for (EvaluatorsSpec evaluators : scope.experiment().evaluators().values()) {
      Hiring hiring = evaluators.hiring();
      if (hiring != null && evaluators.groups() == null) {
        noEffect(evaluators, "hiring", "`hiring` has no effect without `groups`", "leave it out");
      } else if (hiring != null && evaluators.groups() != null) {
        hiring(evaluators, hiring, evaluators.groups());
      }
      if (evaluators.groups() != null) {
        evaluators.groups().values().forEach(group -> group(evaluators, group));
      }
    }
  }

  private void hiring(EvaluatorsSpec evaluators, Hiring hiring, Map<String, Group> groups) {
    long applying = CollectionCheck.applying(evaluators);
    Integer people = hiring.people();
    if (people != null && people > applying && applying > 0) {
      scope.add(
          Code.PLB0318,
          scope.places().value(hiring, "people"),
          people + " are to be hired of " + applying + (applying == 1 ? " person" : " people"),
          "lower it, or add people");
    }
    if (hiring.questions() == 0) {
      trialless(hiring);
    } else if (hiring.values() == null && evaluators.values() == null) {
      scope.add(
          Code.PLB0215,
          scope.places().block(hiring),
          "nothing says what whoever hires holds to be good",
          "add `values` to `hiring` or to the evaluators");
    }
    if (hiring.quota() != null) {
      quota(evaluators, hiring, hiring.quota(), groups);
    }
  }

  private void trialless(Hiring hiring) {
    for (String key : new String[] {"at_least", "values"}) {
      if (scope.places().given(hiring, key)) {
        noEffect(
            hiring,
            key,
            "`" + key + "` has no effect where nobody is on trial",
            "set `questions` to 1 or more, or leave it out");
      }
    }
    if (hiring.people() == null) {
      noEffect(
          hiring,
          "questions",
          "`hiring` has no effect: all are taken without a trial",
          "say how many `people` are taken");
    }
  }

  /** Whether each group has as many people as its quota takes. */
  private void places(EvaluatorsSpec evaluators, Hiring hiring, int people) {
    Map<String, Double> quota = hiring.quota() == null ? Map.of() : hiring.quota();
    Map<String, Integer> applying = Headcounts.of(evaluators);
    Headcounts.apportioned(quota, people)
        .forEach(
            (group, places) -> {
              int there = applying.getOrDefault(group, 0);
              if (applying.containsKey(group) && places > there) {
                scope.add(
                    Code.PLB0318,
                    scope.places().name(hiring, "quota", group),
                    "the quota takes " + places + " of `" + group + "`, which has only " + there,
                    "lower its share, or add people");
              }
            });
  }

  private void quota(
      EvaluatorsSpec evaluators,
      Hiring hiring,
      Map<String, Double> quota,
      Map<String, Group> groups) {
    boolean fits = new GroupShareCheck(scope, hiring, "quota").fits(quota, groups.keySet());
    if (hiring.people() != null && fits) {
      places(evaluators, hiring, hiring.people());
    }
  }

  private void group(EvaluatorsSpec evaluators, Group group) {
    String wanted = group.values() == null ? evaluators.values() : group.values();
    if (group.drift() != null && group.drift().to().equals(wanted)) {
      noEffect(
          group.drift(),
          "to",
          "`drift` has no effect: `" + wanted + "` is what they want anyway",
          "name other values");
    }
    if (group.intransitive() != null
        && (group.intransitive().weight() == 0
            || group.intransitive().of().equals(group.intransitive().and()))) {
      scope.add(
          Code.PLB0322,
          scope.places().block(group.intransitive()),
          "`intransitive` has no effect: it needs two different features and a weight",
          "leave it out, or name two features");
    }
    Malicious malicious = group.malicious();
    if (malicious != null
        && malicious.takes() == Takes.TRIGGERED
        && malicious.trigger() == null
        && malicious.where() == null
        && malicious.share() == null) {
      noEffect(
          malicious,
          "takes",
          "`takes: triggered` leaves nothing to the others where harm is done at all prompts",
          "add `trigger`, `where` or `share`, or leave it out");
    }
    if (malicious != null && malicious.writes() != null && malicious.trigger() == null) {
      noEffect(
          malicious,
          "writes",
          "`writes` has no effect without a `trigger` to write",
          "add `trigger`, or leave it out");
    } else if (malicious != null
        && malicious.writes() != null
        && malicious.takes() == Takes.TRIGGERED) {
      noEffect(
          malicious,
          "writes",
          "`writes` has no effect on people who take what others have triggered",
          "set `takes: share`, or leave it out");
    }
    if (group.contexts() != null) {
      for (Circumstance circumstance : group.contexts().values()) {
        if (circumstance.values() == null && circumstance.rationality() == null) {
          scope.add(
              Code.PLB0322,
              scope.places().block(circumstance),
              "these circumstances change nothing",
              "say which `values` people have then, or which `rationality`");
        }
      }
    }
  }

  private void noEffect(Object block, String key, String message, String help) {
    scope.add(Code.PLB0322, scope.places().value(block, key), message, help);
  }
}
