// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.training;

import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.Range;

/**
 * How parameters are updated. Each method has its own way; a key that is given takes its place, and
 * a key that is absent changes nothing.
 */
@Doc("how parameters are updated; what is absent stays as the method has it")
public record TrainingSpec(
    @Doc("how the learning rate goes on after the warm-up") @Nullable Schedule schedule,
    @Doc(value = "steps in which the learning rate rises from 0", unit = "steps") @Range("[0, inf)")
        @Nullable Integer warmUp,
    @Doc("share of the peak learning rate at the end") @Range("[0, 1]") @Nullable Double floor,
    @Doc("gradients are scaled down to this global norm") @Range("(0, inf)")
        @Nullable Double maxGradientNorm,
    @Doc("AdamW's decoupled weight decay, of matrices") @Range("[0, 1]")
        @Nullable Double weightDecay,
    @Doc("AdamW's decay of the first moment") @Range("[0, 1)") @Nullable Double beta1,
    @Doc("AdamW's decay of the second moment") @Range("[0, 1)") @Nullable Double beta2,
    @Doc(
            value =
                "rows (or pairs) that are computed at once; gradients of a step add up over its"
                    + " parts",
            unit = "rows")
        @Range("[1, inf)")
        @Nullable Integer microBatch,
    @Doc("visit rows of like length together, so that less is padded")
        @Nullable Boolean lengthBuckets,
    @Doc("compute each layer twice instead of keeping its activations: less memory, more time")
        @Nullable Boolean activationCheckpointing,
    @Doc("measure on rows that are not trained on") @Nullable Validation validation,
    @Doc(
            value =
                "the result is an exponential average of the parameters with this decay; absent: the last ones",
            source = "Polyak and Juditsky 1992; Morales-Brotons et al. 2024, arXiv 2411.18704")
        @Range("(0, 1)")
        @Nullable Double averaging,
    @Doc(
            value =
                "share of the training's work that watching it may cost, counted in tokens: answers"
                    + " for the learning curve and for monitors; 0.05 if absent")
        @Range("(0, inf)")
        @Nullable Double watching) {

  /** Nothing differs from the method's own way. */
  public static final TrainingSpec NONE =
      new TrainingSpec(
          null, null, null, null, null, null, null, null, null, null, null, null, null);

  /** Whose last parameters are the result, and that is watched as much as is usual. */
  public TrainingSpec(
      @Nullable Schedule schedule,
      @Nullable Integer warmUp,
      @Nullable Double floor,
      @Nullable Double maxGradientNorm,
      @Nullable Double weightDecay,
      @Nullable Double beta1,
      @Nullable Double beta2,
      @Nullable Integer microBatch,
      @Nullable Boolean lengthBuckets,
      @Nullable Boolean activationCheckpointing,
      @Nullable Validation validation) {
    this(
        schedule,
        warmUp,
        floor,
        maxGradientNorm,
        weightDecay,
        beta1,
        beta2,
        microBatch,
        lengthBuckets,
        activationCheckpointing,
        validation,
        null,
        null);
  }

  /** Measuring on rows that are not trained on. */
  @Doc("measures on rows that are not trained on")
  public record Validation(
      @Doc("share of the rows that is held out, whole prompts at a time")
          @Default("0.1")
          @Range("(0, 1)")
          double share,
      @Doc(value = "steps between two measurements", unit = "steps")
          @Default("20")
          @Range("[1, inf)")
          int every,
      @Doc(
              value =
                  "stop after so many measurements without a better loss, and keep the best"
                      + " parameters; absent: take all steps and keep the last",
              unit = "measurements")
          @Range("[1, inf)")
          @Nullable Integer patience) {}

  /** How a learning rate goes on. */
  public enum Schedule {
    @Doc("as it is")
    CONSTANT,
    @Doc("falls in a straight line")
    LINEAR,
    @Doc("falls along half a cosine")
    COSINE
  }
}
