package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import org.jspecify.annotations.Nullable;

/** How parameters are updated; what is absent stays as the method has it. */
@SpecDsl
public final class TrainingBlock extends ScriptBlock {
  private @Nullable String schedule;

  /** How the learning rate goes on after the warm-up. */
  public @Nullable String getSchedule() {
    return schedule;
  }

  /** How the learning rate goes on after the warm-up. */
  public void setSchedule(@Nullable String value) {
    schedule = value;
    put("schedule", value);
  }

  private @Nullable Number warmUp;

  /** Steps in which the learning rate rises from 0. */
  public @Nullable Number getWarmUp() {
    return warmUp;
  }

  /** Steps in which the learning rate rises from 0. */
  public void setWarmUp(@Nullable Number value) {
    warmUp = value;
    put("warm_up", value);
  }

  private @Nullable Number floor;

  /** Share of the peak learning rate at the end. */
  public @Nullable Number getFloor() {
    return floor;
  }

  /** Share of the peak learning rate at the end. */
  public void setFloor(@Nullable Number value) {
    floor = value;
    put("floor", value);
  }

  private @Nullable Number maxGradientNorm;

  /** Gradients are scaled down to this global norm. */
  public @Nullable Number getMaxGradientNorm() {
    return maxGradientNorm;
  }

  /** Gradients are scaled down to this global norm. */
  public void setMaxGradientNorm(@Nullable Number value) {
    maxGradientNorm = value;
    put("max_gradient_norm", value);
  }

  private @Nullable Number weightDecay;

  /** AdamW's decoupled weight decay, of matrices. */
  public @Nullable Number getWeightDecay() {
    return weightDecay;
  }

  /** AdamW's decoupled weight decay, of matrices. */
  public void setWeightDecay(@Nullable Number value) {
    weightDecay = value;
    put("weight_decay", value);
  }

  private @Nullable Number beta1;

  /** AdamW's decay of the first moment. */
  public @Nullable Number getBeta1() {
    return beta1;
  }

  /** AdamW's decay of the first moment. */
  public void setBeta1(@Nullable Number value) {
    beta1 = value;
    put("beta1", value);
  }

  private @Nullable Number beta2;

  /** AdamW's decay of the second moment. */
  public @Nullable Number getBeta2() {
    return beta2;
  }

  /** AdamW's decay of the second moment. */
  public void setBeta2(@Nullable Number value) {
    beta2 = value;
    put("beta2", value);
  }

  private @Nullable Number microBatch;

  /** Rows (or pairs) that are computed at once; gradients of a step add up over its parts. */
  public @Nullable Number getMicroBatch() {
    return microBatch;
  }

  /** Rows (or pairs) that are computed at once; gradients of a step add up over its parts. */
  public void setMicroBatch(@Nullable Number value) {
    microBatch = value;
    put("micro_batch", value);
  }

  private @Nullable Boolean lengthBuckets;

  /** Visit rows of like length together, so that less is padded. */
  public @Nullable Boolean getLengthBuckets() {
    return lengthBuckets;
  }

  /** Visit rows of like length together, so that less is padded. */
  public void setLengthBuckets(@Nullable Boolean value) {
    lengthBuckets = value;
    put("length_buckets", value);
  }

  private @Nullable Boolean activationCheckpointing;

  /** Compute each layer twice instead of keeping its activations: less memory, more time. */
  public @Nullable Boolean getActivationCheckpointing() {
    return activationCheckpointing;
  }

  /** Compute each layer twice instead of keeping its activations: less memory, more time. */
  public void setActivationCheckpointing(@Nullable Boolean value) {
    activationCheckpointing = value;
    put("activation_checkpointing", value);
  }

  /** Measure on rows that are not trained on. */
  public void validation(Body<? super ValidationBlock> body) {
    put("validation", new ValidationBlock(), body);
  }

  /** Measure on rows that are not trained on. */
  public void validation(
      @DelegatesTo(value = ValidationBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put("validation", new ValidationBlock(), ScriptBlock.<ValidationBlock>body(body));
  }
}
