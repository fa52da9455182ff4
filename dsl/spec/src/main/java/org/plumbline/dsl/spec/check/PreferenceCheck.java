// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.policy.PreferencePolicySpec;
import org.plumbline.dsl.model.shape.Rewriting;
import org.plumbline.dsl.model.training.TrainingSpec;

/** Checks policies that are fitted to feedback without a reward model in between. */
final class PreferenceCheck {
  private final Scope scope;

  PreferenceCheck(Scope scope) {
    this.scope = scope;
  }

  void run() {
    for (PolicySpec policy : scope.experiment().policies().values()) {
      if (policy instanceof PolicySpec.Dpo dpo) {
        losses(dpo);
      }
      if (Rewriting.read(policy, "training") instanceof TrainingSpec training
          && training.validation() != null
          && Rewriting.read(policy, "feedback") instanceof String feedback) {
        heldOut(policy, training.validation(), feedback);
      }
    }
  }

  private void losses(PolicySpec.Dpo dpo) {
    if (dpo.loss() == PolicySpec.Loss.ROBUST && dpo.labelSmoothing() == 0) {
      scope.add(
          Code.PLB0322,
          scope.places().value(dpo, "loss"),
          "`loss: robust` has no effect without `label_smoothing`",
          "say which share of the labels is wrong, or leave it out");
    }
    if (dpo.divergence() == null) {
      return;
    }
    if (dpo.loss() == PolicySpec.Loss.SPPO) {
      excluded(
          dpo,
          "loss",
          "`loss: sppo` steers log-ratios themselves and knows no `divergence`",
          "leave one of them out");
    } else if (Boolean.TRUE.equals(dpo.perToken())) {
      excluded(
          dpo,
          "per_token",
          "`divergence` is between distributions of answers, and knows no mean `per_token`",
          "leave one of them out");
    }
  }

  private void excluded(PolicySpec.Dpo dpo, String key, String message, String help) {
    scope.add(
        Diagnostic.of(Code.PLB0360, scope.places().value(dpo, key), message)
            .related(scope.places().value(dpo, "divergence"), "given here")
            .help(help));
  }

  private void heldOut(PolicySpec policy, TrainingSpec.Validation validation, String feedback) {
    boolean apart =
        policy instanceof PreferencePolicySpec.Kto || policy instanceof PreferencePolicySpec.Bco;
    FeedbackSpec source = scope.experiment().feedback().get(feedback);
    if (source != null
        && Rewriting.read(source, "pairs") instanceof Integer pairs
        && StrictMath.round((apart ? 2 : 1) * pairs * validation.share()) == 0) {
      scope.add(
          Code.PLB0522,
          scope.places().value(validation, "share"),
          "a share of "
              + validation.share()
              + " of "
              + pairs
              + " pairs is none: nothing is held out",
          "raise `share`, or leave `validation` out");
    }
  }
}
