// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One libtorch tensor and the native operations on it.
 *
 * <p>Constants enter a graph only as tensors that libtorch itself allocated ({@link #constant}):
 * the engine's {@code Number} overloads lend autograd memory of a Java buffer that the collector
 * may reclaim before the backward pass.
 */
public final class TorchTensor {

  private final PtNDArray array;

  private TorchTensor(PtNDArray array) {
    this.array = array;
  }

  /** Wraps a result of an operation, which the open scope has registered. */
  static TorchTensor of(PtNDArray array) {
    TorchScope.current();
    return new TorchTensor(array);
  }

  PtNDArray array() {
    return array;
  }

  /** Copies the numbers into memory that libtorch owns. */
  public static TorchTensor floats(float[] values, long... shape) {
    return copied(FloatBuffer.wrap(values), DataType.FLOAT32, shape);
  }

  /** Copies the numbers into memory that libtorch owns. */
  public static TorchTensor longs(long[] values, long... shape) {
    return copied(LongBuffer.wrap(values), DataType.INT64, shape);
  }

  private static TorchTensor copied(Buffer values, DataType type, long... shape) {
    TorchScope scope = TorchScope.current();
    try (PtNDArray borrowed = scope.manager().create(values, new Shape(shape), type)) {
      NDScope.unregister(borrowed);
      return new TorchTensor(JniUtils.clone(borrowed));
    }
  }

  /** Makes a tensor whose numbers are to be set by {@link #fill}. */
  public static TorchTensor empty(NumberType type, long... shape) {
    TorchTensor beside = full(0f);
    return Kernels.call("empty").tensor(beside).integers(shape).integer(type.code()).toTensor();
  }

  /**
   * Copies little-endian numbers, for example of a memory-mapped file, into this tensor, and
   * converts them if its type is another.
   *
   * @param start where the first one goes, in row-major order
   * @param direct their bytes; any memory outside of the heap
   * @param type their type
   */
  public void fill(long start, ByteBuffer direct, NumberType type) {
    boolean asBytes = type.isLentAsBytes();
    Shape size = new Shape(asBytes ? direct.remaining() : direct.remaining() / type.bytes());
    try (PtNDArray borrowed = TorchScope.current().manager().create(direct, size, type.lent())) {
      NDScope.unregister(borrowed);
      Script.Call call = Kernels.call(asBytes ? "put_bytes" : "put").tensor(this).integer(start);
      call.tensor(new TorchTensor(borrowed));
      (asBytes ? call.integer(type.code()) : call).run();
    }
  }

  /** Makes a tensor of no dimensions in libtorch's own memory. */
  static TorchTensor constant(double value, DataType type) {
    return full(value, type);
  }

  public static TorchTensor full(float value, long... shape) {
    return full(value, DataType.FLOAT32, shape);
  }

  private static TorchTensor full(double value, DataType type, long... shape) {
    return new TorchTensor(
        JniUtils.full(
            TorchScope.current().manager(),
            new Shape(shape),
            value,
            type,
            Torch.get().device(),
            SparseFormat.DENSE));
  }

  /** Moves a copy of this tensor out of every scope; the caller must {@link #free} it. */
  public TorchTensor own() {
    PtNDArray copy = JniUtils.clone(array);
    NDScope.unregister(copy);
    copy.attach(Torch.get().root());
    return new TorchTensor(copy);
  }

  /** Moves this tensor itself out of every scope; the caller must {@link #free} it. */
  public TorchTensor claim() {
    NDScope.unregister(array);
    array.attach(Torch.get().root());
    return this;
  }

  /** Returns a copy in the open scope. */
  public TorchTensor copy() {
    return of(JniUtils.clone(array));
  }

  /** Frees the memory of a tensor that {@link #own} or {@link #claim} returned. */
  public void free() {
    array.close();
  }

  public long[] shape() {
    return array.getShape().getShape();
  }

  public boolean isFloat() {
    return array.getDataType() == DataType.FLOAT32;
  }

  public float[] toFloats() {
    return array.toFloatArray();
  }

  public long[] toLongs() {
    return array.toLongArray();
  }

  /**
   * Returns the bytes of some of the numbers in row-major order, little-endian. On the CPU and in
   * the tensor's own type this is its memory, not a copy; it is valid while the scope is open.
   */
  public ByteBuffer bytes(long start, long count, NumberType type) {
    TorchTensor piece =
        Kernels.call("piece")
            .tensor(this)
            .integer(start)
            .integer(count)
            .integer(type.code())
            .toTensor();
    TorchTensor readable =
        type.isLentAsBytes() ? Kernels.call("bytes").tensor(piece).toTensor() : piece;
    return readable.array.toByteBuffer(true).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns whether shape and all numbers are the same. */
  public boolean sameAs(TorchTensor other) {
    return Kernels.call("equal").tensor(this).tensor(other.as(type())).toTensor().toFloats()[0]
        == 1;
  }

  private NumberType type() {
    return isFloat() ? NumberType.FLOAT32 : NumberType.INT64;
  }

  /** Makes a tensor that holds {@code count} of this shape and type, to be set by {@link #keep}. */
  public TorchTensor room(int count) {
    return Kernels.call("room").tensor(this).integer(count).toTensor();
  }

  /** Copies a tensor into one place of this {@link #room}, and returns that part of it. */
  public TorchTensor keep(int place, TorchTensor source) {
    return Kernels.call("keep").tensor(this).integer(place).tensor(source).toTensor();
  }

  /** Overwrites the numbers in place, keeping the memory. Outside of gradient recording only. */
  public void assign(TorchTensor source) {
    Kernels.call("assign").tensor(this).tensor(source).run();
  }

  /** Returns these numbers in another type, differentiably; the tensor itself if it has it. */
  public TorchTensor as(NumberType type) {
    if (type == NumberType.FLOAT32 && isFloat()) {
      return this;
    }
    return Kernels.call("as_type").tensor(this).integer(type.code()).toTensor();
  }

  // ---- gradients ----

  /** Makes this a leaf that gradients are collected for. */
  public void requireGradient() {
    JniUtils.attachGradient(array, true);
  }

  /** Stops collecting gradients for this leaf. */
  public void freeze() {
    JniUtils.attachGradient(array, false);
  }

  /** Returns whether a backward pass from this tensor reaches a leaf. */
  public boolean requiresGradient() {
    // the engine's own answer is false for results of operations
    return Kernels.call("requires_gradient").tensor(this).toTensor().toFloats()[0] == 1;
  }

  /**
   * Returns the accumulated gradient itself (zeros if there is none), as part of the open scope.
   */
  public TorchTensor gradient() {
    // the engine answers null as long as no backward pass has reached the leaf
    @Nullable PtNDArray gradient = JniUtils.getGradient(array);
    return gradient == null ? full(0f, shape()) : of(gradient);
  }

  /** Adds the gradients of this scalar to the leaves it was made from. */
  public void backward() {
    TorchTensor one = full(1f, shape());
    JniUtils.backward(array, one.array, false, false);
  }

  /**
   * Sends a gradient back from this tensor to the leaves it was made from.
   *
   * @param keepGraph whether parts of the graph are needed by another backward pass
   */
  public void backward(TorchTensor gradient, boolean keepGraph) {
    JniUtils.backward(array, gradient.array, keepGraph, false);
  }

  public TorchTensor detach() {
    return of(JniUtils.detachGradient(array));
  }

  public static void recordGradients(boolean on) {
    JniUtils.setGradMode(on);
  }

  public static boolean recordsGradients() {
    return JniUtils.isGradMode();
  }

  // ---- arithmetic ----

  private TorchTensor like(double value) {
    return constant(value, array.getDataType());
  }

  public TorchTensor add(TorchTensor other) {
    return of(JniUtils.add(array, other.array));
  }

  public TorchTensor add(double value) {
    return add(like(value));
  }

  public TorchTensor sub(TorchTensor other) {
    return of(JniUtils.sub(array, other.array));
  }

  public TorchTensor mul(TorchTensor other) {
    return of(JniUtils.mul(array, other.array));
  }

  public TorchTensor mul(double value) {
    return mul(like(value));
  }

  public TorchTensor div(TorchTensor other) {
    return of(JniUtils.div(array, other.array));
  }

  public TorchTensor neg() {
    return of(JniUtils.neg(array));
  }

  public TorchTensor exp() {
    return of(JniUtils.exp(array));
  }

  public TorchTensor log() {
    return of(JniUtils.log(array));
  }

  public TorchTensor sqrt() {
    return of(JniUtils.sqrt(array));
  }

  public TorchTensor square() {
    return of(JniUtils.square(array));
  }

  public TorchTensor abs() {
    return of(JniUtils.abs(array));
  }

  public TorchTensor sigmoid() {
    return of(JniUtils.sigmoid(array));
  }

  /** Returns log(1 + exp(x)) as -log(sigmoid(-x)): libtorch's own softplus is linear above 20. */
  public TorchTensor logSigmoidOfNegative() {
    return neg().logSigmoid().neg();
  }

  public TorchTensor logSigmoid() {
    return Kernels.call("log_sigmoid").tensor(this).toTensor();
  }

  public TorchTensor clamp(double low, double high) {
    return Kernels.call("clamp").tensor(this).real(low).real(high).toTensor();
  }

  public TorchTensor minimum(TorchTensor other) {
    return of(JniUtils.min(array, other.array));
  }

  public TorchTensor maximum(TorchTensor other) {
    return of(JniUtils.max(array, other.array));
  }

  public TorchTensor matMul(TorchTensor other) {
    return Kernels.call("mat_mul").tensor(this).tensor(other).toTensor();
  }

  /** Returns a matrix with rows and columns exchanged; shares memory with this. */
  public TorchTensor transposed() {
    return Kernels.call("transposed").tensor(this).toTensor();
  }

  // ---- reductions ----

  public TorchTensor sum() {
    return of(JniUtils.sum(array));
  }

  public TorchTensor sum(int axis) {
    return of(JniUtils.sum(array, new long[] {axis}, false));
  }

  public TorchTensor mean() {
    return of(JniUtils.mean(array));
  }

  public TorchTensor mean(int axis) {
    return of(JniUtils.mean(array, axis, false));
  }

  public TorchTensor max() {
    return of(JniUtils.max(array));
  }

  public TorchTensor min() {
    return of(JniUtils.min(array));
  }

  public TorchTensor argMax(int axis) {
    return of(JniUtils.argMax(array, axis, false));
  }

  public TorchTensor softmax(int axis) {
    return of(JniUtils.softmax(array, axis, DataType.FLOAT32));
  }

  public TorchTensor logSoftmax(int axis) {
    return of(JniUtils.logSoftmax(array, axis, DataType.FLOAT32));
  }

  // ---- selection and shape ----

  public TorchTensor gather(TorchTensor index, int axis) {
    return of(JniUtils.gather(array, index.array, axis));
  }

  public TorchTensor indexSelect(int axis, TorchTensor index) {
    return Kernels.call("index_select").tensor(this).integer(axis).tensor(index).toTensor();
  }

  public TorchTensor narrow(int axis, long start, long length) {
    return of(JniUtils.slice(array, axis, start, start + length, 1));
  }

  public TorchTensor reshape(long... shape) {
    return of(JniUtils.reshape(array, shape));
  }

  public static TorchTensor concat(List<TorchTensor> parts, int axis) {
    return of(JniUtils.cat(parts.stream().map(t -> t.array).toArray(PtNDArray[]::new), axis));
  }

  public static TorchTensor stack(List<TorchTensor> parts, int axis) {
    return of(JniUtils.stack(parts.stream().map(t -> t.array).toArray(PtNDArray[]::new), axis));
  }

  /**
   * Takes {@code yes} where the mask is not zero, else {@code no}; the other branch gets no
   * gradient.
   */
  public static TorchTensor where(TorchTensor mask, TorchTensor yes, TorchTensor no) {
    return Kernels.call("where").tensor(mask).tensor(yes).tensor(no).toTensor();
  }

  // ---- comparison: float masks of zeros and ones ----

  private static TorchTensor mask(PtNDArray truth) {
    return of(JniUtils.to(truth, DataType.FLOAT32, truth.getDevice()));
  }

  public TorchTensor equal(TorchTensor other) {
    return mask(JniUtils.eq(array, other.array));
  }

  public TorchTensor greater(TorchTensor other) {
    return mask(JniUtils.gt(array, other.array));
  }

  public TorchTensor greater(double value) {
    return greater(like(value));
  }

  public TorchTensor atLeast(TorchTensor other) {
    return mask(JniUtils.gte(array, other.array));
  }

  public TorchTensor equal(double value) {
    return equal(like(value));
  }
}
