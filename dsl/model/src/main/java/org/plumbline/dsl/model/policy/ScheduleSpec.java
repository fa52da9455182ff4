// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.policy;

import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.training.TrainingSpec;

/** How often a policy answers and learns, from how many answers each time, and how. */
public record ScheduleSpec(
    @Doc(value = "rounds of sampling and learning", unit = "updates")
        @Default("50")
        @Range("[1, inf)")
        int updates,
    @Doc(value = "answers per update", unit = "answers") @Default("64") @Range("[2, inf)")
        int batchSize,
    @Doc("how parameters are updated") @Nullable TrainingSpec training) {

  /** Updated as the method has it. */
  public ScheduleSpec(int updates, int batchSize) {
    this(updates, batchSize, null);
  }
}
