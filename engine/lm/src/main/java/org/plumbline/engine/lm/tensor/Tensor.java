// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.tensor;

import java.util.Arrays;
import java.util.List;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.optimiser.AdamW;

/**
 * An array of 32-bit floats (or 64-bit integers, as indices) in native memory, and what one can
 * compute with it.
 *
 * <p>Operations return new tensors, which the innermost open {@link TensorScope} frees. Inside the
 * loss function given to {@link AdamW} they are recorded for the backward pass. Shapes broadcast as
 * in PyTorch: from the last axis backwards, an axis of size 1 repeats. Negative axes count from the
 * end. A mask is a float tensor of zeros and ones.
 */
public final class Tensor {

  private final TorchTensor torch;

  public Tensor(TorchTensor torch) {
    this.torch = torch;
  }

  public TorchTensor torch() {
    return torch;
  }

  /** Copies numbers in row-major order into a tensor; no shape means one axis. */
  public static Tensor of(float[] values, long... shape) {
    return new Tensor(
        TorchTensor.floats(values, shape.length == 0 ? new long[] {values.length} : shape));
  }

  /** Copies whole numbers in row-major order into an index tensor; no shape means one axis. */
  public static Tensor of(long[] values, long... shape) {
    return new Tensor(
        TorchTensor.longs(values, shape.length == 0 ? new long[] {values.length} : shape));
  }

  /** Makes a tensor of no axes. */
  public static Tensor scalar(double value) {
    return new Tensor(TorchTensor.full((float) value));
  }

  public static Tensor zeros(long... shape) {
    return new Tensor(TorchTensor.full(0f, shape));
  }

  public static Tensor ones(long... shape) {
    return new Tensor(TorchTensor.full(1f, shape));
  }

  // ---- reading ----

  public long[] shape() {
    return torch.shape();
  }

  /** Returns the length of one axis. */
  public long size(int axis) {
    long[] shape = shape();
    return shape[axis < 0 ? shape.length + axis : axis];
  }

  /** Returns the numbers in row-major order. */
  public float[] toFloatArray() {
    return torch.toFloats();
  }

  /** Returns the whole numbers of an index tensor in row-major order. */
  public long[] toLongArray() {
    return torch.toLongs();
  }

  /** Returns the only number of this tensor. */
  public float item() {
    float[] values = toFloatArray();
    if (values.length != 1) {
      throw new IllegalStateException("item() of a tensor of shape " + Arrays.toString(shape()));
    }
    return values[0];
  }

  // ---- arithmetic ----

  public Tensor add(Tensor other) {
    return new Tensor(torch.add(other.torch));
  }

  public Tensor add(float constant) {
    return new Tensor(torch.add(constant));
  }

  public Tensor sub(Tensor other) {
    return new Tensor(torch.sub(other.torch));
  }

  public Tensor sub(float constant) {
    return add(-constant);
  }

  public Tensor mul(Tensor other) {
    return new Tensor(torch.mul(other.torch));
  }

  public Tensor mul(float constant) {
    return new Tensor(torch.mul(constant));
  }

  public Tensor div(Tensor other) {
    return new Tensor(torch.div(other.torch));
  }

  public Tensor div(float constant) {
    return new Tensor(torch.div(scalar(constant).torch));
  }

  public Tensor neg() {
    return new Tensor(torch.neg());
  }

  public Tensor exp() {
    return new Tensor(torch.exp());
  }

  public Tensor log() {
    return new Tensor(torch.log());
  }

  public Tensor square() {
    return new Tensor(torch.square());
  }

  public Tensor sqrt() {
    return new Tensor(torch.sqrt());
  }

  public Tensor abs() {
    return new Tensor(torch.abs());
  }

  public Tensor sigmoid() {
    return new Tensor(torch.sigmoid());
  }

  /** Returns log(sigmoid(x)), exact for large |x|. */
  public Tensor logSigmoid() {
    return new Tensor(torch.logSigmoid());
  }

  /** Returns log(1 + exp(x)), exact for large |x|. */
  public Tensor softplus() {
    return new Tensor(torch.logSigmoidOfNegative());
  }

  /** Limits every number to [low, high]; outside of it the gradient is zero. */
  public Tensor clamp(float low, float high) {
    return new Tensor(torch.clamp(low, high));
  }

  public Tensor minimum(Tensor other) {
    return new Tensor(torch.minimum(other.torch));
  }

  public Tensor maximum(Tensor other) {
    return new Tensor(torch.maximum(other.torch));
  }

  /** Returns the same numbers, through which no gradient flows back. */
  public Tensor stopGradient() {
    return new Tensor(torch.detach());
  }

  // ---- reductions ----

  public Tensor sum() {
    return new Tensor(torch.sum());
  }

  /** Sums over one axis, which disappears. */
  public Tensor sum(int axis) {
    return new Tensor(torch.sum(axis));
  }

  public Tensor mean() {
    return new Tensor(torch.mean());
  }

  /** Averages over one axis, which disappears. */
  public Tensor mean(int axis) {
    return new Tensor(torch.mean(axis));
  }

  public Tensor max() {
    return new Tensor(torch.max());
  }

  public Tensor min() {
    return new Tensor(torch.min());
  }

  /** Sums the numbers where the mask is one. */
  public Tensor maskedSum(Tensor mask) {
    return mul(mask).sum();
  }

  /** Sums over one axis the numbers where the mask is one. */
  public Tensor maskedSum(Tensor mask, int axis) {
    return mul(mask).sum(axis);
  }

  /** Averages the numbers where the mask is one; the mask must not be empty. */
  public Tensor maskedMean(Tensor mask) {
    return maskedSum(mask).div(mask.sum());
  }

  /** Averages over one axis the numbers where the mask is one; rows without any give NaN. */
  public Tensor maskedMean(Tensor mask, int axis) {
    return maskedSum(mask, axis).div(mask.sum(axis));
  }

  public Tensor softmax(int axis) {
    return new Tensor(torch.softmax(axis));
  }

  public Tensor logSoftmax(int axis) {
    return new Tensor(torch.logSoftmax(axis));
  }

  /** Returns the index of the largest number along an axis, which disappears. */
  public Tensor argMax(int axis) {
    return new Tensor(torch.argMax(axis));
  }

  // ---- shape and selection ----

  public Tensor reshape(long... shape) {
    return new Tensor(torch.reshape(shape));
  }

  /** Returns {@code length} entries of an axis from {@code start} on; shares memory with this. */
  public Tensor narrow(int axis, long start, long length) {
    return new Tensor(torch.narrow(axis, start, length));
  }

  /** Picks along an axis by an index tensor of the result's shape. */
  public Tensor gather(Tensor index, int axis) {
    return new Tensor(torch.gather(index.torch, axis));
  }

  /** Returns the listed entries of an axis, in the list's order. */
  public Tensor select(int axis, Tensor index) {
    return new Tensor(torch.indexSelect(axis, index.torch));
  }

  public static Tensor concat(List<Tensor> parts, int axis) {
    return new Tensor(TorchTensor.concat(parts.stream().map(t -> t.torch).toList(), axis));
  }

  /** Joins tensors of one shape along a new axis. */
  public static Tensor stack(List<Tensor> parts, int axis) {
    return new Tensor(TorchTensor.stack(parts.stream().map(t -> t.torch).toList(), axis));
  }

  /** Takes {@code yes} where the mask is one, else {@code no}, also where the other is NaN. */
  public static Tensor where(Tensor mask, Tensor yes, Tensor no) {
    return new Tensor(TorchTensor.where(mask.torch, yes.torch, no.torch));
  }

  // ---- comparison ----

  /** Returns the mask of entries that are greater than the other's. */
  public Tensor greater(Tensor other) {
    return new Tensor(torch.greater(other.torch));
  }

  /** Returns the mask of entries that are greater than a constant. */
  public Tensor greater(float constant) {
    return new Tensor(torch.greater(constant));
  }

  /** Returns the mask of entries that are less than the other's. */
  public Tensor less(Tensor other) {
    return other.greater(this);
  }

  /** Returns the mask of entries that are greater than or equal to the other's. */
  public Tensor atLeast(Tensor other) {
    return new Tensor(torch.atLeast(other.torch));
  }

  /** Returns the mask of entries that equal the other's. */
  public Tensor equalTo(Tensor other) {
    return new Tensor(torch.equal(other.torch));
  }

  /** Returns the mask of entries that equal a constant. */
  public Tensor equalTo(float constant) {
    return new Tensor(torch.equal(constant));
  }

  @Override
  public String toString() {
    return "Tensor" + Arrays.toString(shape());
  }
}
