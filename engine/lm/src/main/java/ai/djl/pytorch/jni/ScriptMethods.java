// SPDX-License-Identifier: Apache-2.0
package ai.djl.pytorch.jni;

import ai.djl.pytorch.engine.PtNDArray;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/**
 * Runs methods of a TorchScript module with autograd left on.
 *
 * <p>The engine's public way ({@code IValueUtils.runMethod}) forces inference mode, which records
 * no gradients. The native method beneath it does not, but is package-private; that is why this
 * class lives here. It may move as soon as the engine offers the flag.
 */
@NullMarked
public final class ScriptMethods {

  private ScriptMethods() {}

  /** Returns the handle of the result, to be freed with {@link #free}. */
  public static long run(long module, String method, long[] arguments) {
    return PyTorchLibrary.LIB.moduleRunMethod(module, method, arguments, true, false);
  }

  public static long tensor(PtNDArray array) {
    return PyTorchLibrary.LIB.iValueFromTensor(array.getHandle());
  }

  public static long tensors(List<PtNDArray> arrays) {
    return PyTorchLibrary.LIB.iValueFromTensorList(
        arrays.stream().mapToLong(PtNDArray::getHandle).toArray());
  }

  public static long integer(long value) {
    return PyTorchLibrary.LIB.iValueFromLong(value);
  }

  public static long integers(long... values) {
    return PyTorchLibrary.LIB.iValueFromLongList(values);
  }

  public static long real(double value) {
    return PyTorchLibrary.LIB.iValueFromDouble(value);
  }

  public static long toTensor(long value) {
    return PyTorchLibrary.LIB.iValueToTensor(value);
  }

  public static long[] toTensors(long value) {
    return PyTorchLibrary.LIB.iValueToTensorList(value);
  }

  public static void free(long value) {
    PyTorchLibrary.LIB.torchDeleteIValue(value);
  }
}
