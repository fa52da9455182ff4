// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.feedback.FeedbackSpec;
import org.plumbline.dsl.model.shape.Shape;

/** What kind of feedback a set holds: its own, that of its rows, or that of the sets in it. */
final class HeldFeedback {
  private HeldFeedback() {}

  /** The kind, as a spec names it; null if it is not known, which is reported elsewhere. */
  static @Nullable String of(Experiment experiment, String name) {
    return of(experiment, name, new HashSet<>());
  }

  private static @Nullable String of(Experiment experiment, String name, Set<String> seen) {
    FeedbackSpec feedback = experiment.feedback().get(name);
    if (feedback == null || !seen.add(name)) {
      return null;
    }
    if (feedback instanceof FeedbackSpec.Recorded file) {
      FeedbackSpec.Rows rows = file.rows() == null ? FeedbackSpec.Rows.COMPARISONS : file.rows();
      return rows.name().toLowerCase(Locale.ROOT);
    }
    if (feedback instanceof FeedbackSpec.Pooled pooled) {
      return pooled.feedback().isEmpty() ? null : of(experiment, pooled.feedback().get(0), seen);
    }
    return Shape.of(feedback.getClass()).kind();
  }
}
