// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.dsl.model.MonitorsSpec;
import org.plumbline.dsl.model.WatchSpec;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.reward.RewardSpec;

/** Checks that what is measured and watched can be: that there are values, a reward, a trigger. */
final class MetricCheck {
  private final Scope scope;

  MetricCheck(Scope scope) {
    this.scope = scope;
  }

  void run() {
    CompareSpec compare = scope.experiment().compare();
    if (compare == null) {
      return;
    }
    if (compare.metrics() != null) {
      for (int i = 0; i < compare.metrics().size(); i++) {
        Span span = scope.places().item(compare, "metrics", i);
        metric(compare, compare.metrics().get(i), span);
      }
    }
    if (compare.monitors() != null) {
      monitors(compare, compare.monitors());
    }
  }

  private void monitors(CompareSpec compare, MonitorsSpec monitors) {
    monitors.watched().forEach((name, monitor) -> watch(monitors, name, monitor));
    if (monitors.ensembleSpread() != null) {
      Span span = scope.places().value(monitors, "ensemble_spread");
      metric(compare, CompareSpec.Metric.ENSEMBLE_SPREAD, span);
    }
    if (monitors.proxyGoldGap() != null) {
      Span span = scope.places().value(monitors, "proxy_gold_gap");
      metric(compare, CompareSpec.Metric.PROXY_GOLD_GAP, span);
    }
    if (monitors.triggerLift() != null) {
      Span span = scope.places().value(monitors, "trigger_lift");
      metric(compare, CompareSpec.Metric.TRIGGER_LIFT, span);
    }
    if (monitors.mahalanobis() != null) {
      distance(compare, scope.places().value(monitors, "mahalanobis"));
    }
    new WatchedPolicies(scope, compare, monitors).run();
  }

  private void watch(MonitorsSpec monitors, String name, MonitorsSpec.Monitor monitor) {
    Map<String, Double> given = monitor.given();
    if (given.isEmpty()) {
      scope.add(
          Code.PLB0330,
          scope.places().value(monitors, name),
          "`" + name + "` has no threshold",
          "give `note`, `warn`, `pause` or `stop`");
      return;
    }
    boolean lowIsBad = MonitorsSpec.LOW_IS_BAD.contains(name);
    String before = null;
    for (String kind : given.keySet()) {
      if (before != null
          && Math.signum(Double.compare(number(given, kind), number(given, before)))
              == (lowIsBad ? 1 : -1)) {
        scope.add(
            Diagnostic.of(
                    Code.PLB0329,
                    scope.places().value(monitor, kind),
                    "`" + kind + "` is met before `" + before + "`")
                .related(scope.places().value(monitor, before), "the milder one")
                .help("swap them" + (lowIsBad ? ": low is bad here" : "")));
      }
      before = kind;
    }
    unmeasured(monitors, name, monitor);
  }

  /** What something else has to be read for is measured only where it can stop a training. */
  private void unmeasured(MonitorsSpec monitors, String name, MonitorsSpec.Monitor monitor) {
    if (monitor.stop() != null || !MonitorsSpec.BY_YARDSTICKS.contains(name)) {
      return;
    }
    String nothing =
        "nothing measures `" + name + "` while a policy is trained, unless it has a `stop`";
    if (MonitorsSpec.ONLY_WHILE_TRAINING.contains(name)) {
      Span span = scope.places().value(monitors, name);
      scope.add(Code.PLB0357, span, nothing, "add `stop`: it is not measured afterwards either");
    } else if (monitor.pause() != null) {
      scope.add(
          Code.PLB0357,
          scope.places().value(monitor, "pause"),
          nothing,
          "add `stop`, or `warn` only: then it is measured when the training is over");
    }
  }

  /** Distances are measured from the answers that a reward model was fitted to. */
  private void distance(CompareSpec compare, Span span) {
    Map<String, RewardSpec> declared = scope.experiment().rewards();
    boolean only = compare.reward() == null && declared.size() == 1;
    String name = only ? declared.keySet().iterator().next() : compare.reward();
    if (name == null && scope.binding().names("rewards").size() != 1) {
      scope.add(
          Code.PLB0227,
          span,
          "`mahalanobis` needs a reward, and `compare` names none",
          "add `reward` to `compare`");
      return;
    }
    RewardSpec reward = declared.get(name);
    if (reward != null && WatchSpec.feedback(reward) == null) {
      scope.add(
          Diagnostic.of(
                  Code.PLB0364,
                  span,
                  "`mahalanobis` needs the answers that a reward model learned from, and `"
                      + name
                      + "` is not fitted to one set of feedback")
              .related(scope.places().block(reward), "this reward")
              .help("name a fitted reward as `compare.reward`, or leave `mahalanobis` out"));
    }
  }

  private static double number(Map<String, Double> given, String kind) {
    return given.getOrDefault(kind, Double.NaN);
  }

  private void metric(CompareSpec compare, CompareSpec.Metric metric, Span span) {
    switch (metric) {
      case GOLD -> values(compare, metric, span);
      case WIN_RATE -> {
        if (compare.judge() == null) {
          values(compare, metric, span);
        }
      }
      case PROXY_GOLD_GAP -> {
        values(compare, metric, span);
        reward(compare, metric, span);
      }
      case REWARD -> reward(compare, metric, span);
      case ENSEMBLE_SPREAD -> {
        RewardSpec reward = reward(compare, metric, span);
        if (reward != null) {
          scope.needsEnsemble(reward, span, "`ensemble_spread` says");
        }
      }
      case TRIGGER_LIFT -> {
        if (compare.trigger() == null) {
          needs(Code.PLB0228, metric, span, "a trigger", "add `trigger` to `compare`");
        }
      }
      case GROUPS -> {
        if (compare.groups() == null) {
          needs(Code.PLB0229, metric, span, "groups of people", "add `groups` to `compare`");
        }
      }
      case RED_TEAM -> {
        if (compare.redTeam() == null) {
          needs(Code.PLB0361, metric, span, "an attack", "add `red_team` to `compare`");
        }
      }
      case KL, LENGTH, DISTINCT, ENTROPY, COST, COMPUTE -> {}
    }
  }

  private void values(CompareSpec compare, CompareSpec.Metric metric, Span span) {
    if (compare.values() == null) {
      needs(Code.PLB0223, metric, span, "gold values", "add `values` to `compare`");
    }
  }

  private @Nullable RewardSpec reward(CompareSpec compare, CompareSpec.Metric metric, Span span) {
    Map<String, RewardSpec> declared = scope.experiment().rewards();
    if (compare.reward() != null) {
      return declared.get(compare.reward());
    } else if (declared.size() == 1) {
      return declared.values().iterator().next();
    } else if (scope.binding().names("rewards").size() != 1) {
      needs(Code.PLB0227, metric, span, "a reward", "add `reward` to `compare`");
    }
    return null;
  }

  private void needs(Code code, CompareSpec.Metric metric, Span span, String what, String help) {
    String name = metric.name().toLowerCase(java.util.Locale.ROOT);
    scope.add(code, span, "`" + name + "` needs " + what + ", and `compare` names none", help);
  }
}
