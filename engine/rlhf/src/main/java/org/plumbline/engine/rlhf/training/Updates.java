// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.training.TrainingSpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.rlhf.numerics.Schedule;

/**
 * How a method updates parameters: its own way, with what the settings say in its place.
 *
 * @param adamW the constants of the optimiser
 * @param schedule the factor of the learning rate at each step
 * @param asked what the settings say
 */
public record Updates(AdamW.Settings adamW, Schedule schedule, TrainingSpec asked) {
  private static final double WATCHING = 0.05;

  /**
   * A method's own way, changed by the settings.
   *
   * @param own constants and schedule of the method
   * @param asked what the settings say, or null
   */
  public static Updates of(AdamW.Settings adamW, Schedule own, @Nullable TrainingSpec asked) {
    if (asked == null) {
      return new Updates(adamW, own, TrainingSpec.NONE);
    }
    AdamW.Settings constants =
        new AdamW.Settings(
            or(asked.beta1(), adamW.beta1()),
            or(asked.beta2(), adamW.beta2()),
            adamW.epsilon(),
            or(asked.weightDecay(), adamW.weightDecay()),
            or(asked.maxGradientNorm(), adamW.maxGradientNorm()));
    Integer warmUp = asked.warmUp();
    Schedule schedule =
        new Schedule(
            shape(own.shape(), asked.schedule()),
            warmUp == null ? own.warmUp() : warmUp,
            own.steps(),
            or(asked.floor(), own.floor()));
    return new Updates(constants, schedule, asked);
  }

  /**
   * A method's own constants, with a learning rate that falls linearly to zero over its updates.
   */
  public static Updates falling(AdamW.Settings adamW, int updates, @Nullable TrainingSpec asked) {
    return of(adamW, Schedule.linear(updates, 0), asked);
  }

  private static double or(@Nullable Double given, double own) {
    return given == null ? own : given;
  }

  private static Schedule.Shape shape(Schedule.Shape own, TrainingSpec.@Nullable Schedule asked) {
    if (asked == null) {
      return own;
    }
    return switch (asked) {
      case CONSTANT -> Schedule.Shape.CONSTANT;
      case LINEAR -> Schedule.Shape.LINEAR;
      case COSINE -> Schedule.Shape.COSINE;
    };
  }

  /**
   * The factor of the learning rate for a step, counted from 0. The first step of a rise counts as
   * the second: its own factor would be 0.
   */
  public double factor(long step) {
    return schedule.factor(schedule.warmUp() > 0 ? Math.max(1, step) : step);
  }

  /** Rows that are computed at once; all of a step's if the settings do not say. */
  public int microBatch(int batchSize) {
    Integer rows = asked.microBatch();
    return rows == null ? batchSize : Math.min(rows, batchSize);
  }

  /** Whether rows of like length are visited together. */
  public boolean lengthBuckets() {
    return Boolean.TRUE.equals(asked.lengthBuckets());
  }

  /** The share of the training's work that watching it may cost. */
  public double watching() {
    return or(asked.watching(), WATCHING);
  }

  /** Has a training do what the settings say of it beside its steps. */
  public void prepare(TrainingRun run) {
    prepare(run.model());
    TrainingSpec.Validation validation = asked.validation();
    if (asked.averaging() != null && (validation == null || validation.patience() == null)) {
      run.average(asked.averaging());
    }
  }

  /** Has a model in training compute activations twice, if the settings say so. */
  public void prepare(LanguageModel model) {
    if (activationCheckpointing()) {
      model.withActivationCheckpointing();
    }
  }

  /** Whether activations are computed twice instead of kept. */
  public boolean activationCheckpointing() {
    return Boolean.TRUE.equals(asked.activationCheckpointing());
  }
}
