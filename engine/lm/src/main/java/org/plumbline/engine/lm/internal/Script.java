// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ScriptMethods;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript module made from text: every operation of libtorch, with gradients, several of them
 * in one native call.
 *
 * <p>The engine has no compiler for such text, but it loads archives, and an archive is a zip of a
 * few small entries. The text is TorchScript in the form in which archives hold it.
 */
public final class Script {

  // pickle: PROTO 2, GLOBAL, EMPTY_TUPLE, NEWOBJ, {'training': False}, BUILD, STOP
  private static final String MODULE_HEAD =
      "\u0080\u0002c__torch__\n%s\n)\u0081}(X\b\0\0\0training\u0089ub.";
  private static final String EMPTY_TUPLE = "\u0080\u0002).";

  private final long module;

  private Script(long module) {
    this.module = module;
  }

  /**
   * Compiles the class {@code name} from a resource beside {@code anchor}. It may call the
   * functions of {@code attention.torchscript} and {@code __torch__.linear.affine(x, weight,
   * bias)}: rows [n, in] by a weight [out, in].
   */
  public static Script load(Class<?> anchor, String resource, String name) {
    return load(anchor, resource, name, MatrixLibrary.here());
  }

  /** Compiles the class for one library of matrix products. */
  public static Script load(Class<?> anchor, String resource, String name, MatrixLibrary matrices) {
    return load(name, read(anchor, resource), matrices);
  }

  /**
   * Compiles the class {@code name} from resources beside {@code anchor}: the first begins it, the
   * others add methods. {@code SELF} in them stands for the class.
   */
  public static Script load(Class<?> anchor, List<String> resources, String name) {
    StringBuilder text = new StringBuilder();
    for (String resource : resources) {
      text.append(new String(read(anchor, resource), StandardCharsets.UTF_8));
    }
    String code = text.toString().replace("SELF", "__torch__." + name);
    return load(name, code.getBytes(StandardCharsets.UTF_8), MatrixLibrary.here());
  }

  private static Script load(String name, byte[] text, MatrixLibrary matrices) {
    try {
      byte[] archive = archive(name, text, read(MatrixLibrary.class, matrices.resource()));
      return new Script(
          JniUtils.loadModuleHandle(
              new ByteArrayInputStream(archive), Torch.get().device(), true, false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Class<?> anchor, String resource) {
    try (InputStream in = anchor.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Call call(String method) {
    return new Call(module, method);
  }

  private static byte[] archive(String name, byte[] text, byte[] linear) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      entry(zip, "data.pkl", latin(String.format(MODULE_HEAD, name)));
      entry(zip, "code/__torch__.py", text);
      entry(zip, "code/__torch__/linear.py", linear);
      entry(zip, "code/__torch__/attention.py", read(Script.class, "attention.torchscript"));
      entry(zip, "constants.pkl", latin(EMPTY_TUPLE));
      entry(zip, "version", latin("10\n"));
    }
    return bytes.toByteArray();
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry("script/" + name);
    entry.setTime(0);
    entry.setCrc(crc.getValue());
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** A list of tensors that is handed to many calls. Free it when its tensors are freed. */
  public static final class Tensors implements AutoCloseable {

    private long value;

    public Tensors(List<TorchTensor> tensors) {
      this(ScriptMethods.tensors(arrays(tensors)));
    }

    private Tensors(long value) {
      this.value = value;
    }

    @Override
    public void close() {
      if (value != 0) {
        ScriptMethods.free(value);
        value = 0;
      }
    }
  }

  private static List<PtNDArray> arrays(List<TorchTensor> tensors) {
    return tensors.stream().map(TorchTensor::array).toList();
  }

  /** The arguments of one call, in order. */
  public static final class Call {

    private static final int MOST_ARGUMENTS = 24;

    private final long module;
    private final String method;
    private final long[] values = new long[MOST_ARGUMENTS];
    private final boolean[] borrowed = new boolean[MOST_ARGUMENTS];
    private int count;

    private Call(long module, String method) {
      this.module = module;
      this.method = method;
    }

    public Call tensor(TorchTensor tensor) {
      return add(ScriptMethods.tensor(tensor.array()));
    }

    public Call tensors(List<TorchTensor> tensors) {
      return add(ScriptMethods.tensors(arrays(tensors)));
    }

    public Call tensors(Tensors tensors) {
      borrowed[count] = true;
      return add(tensors.value);
    }

    public Call integer(long value) {
      return add(ScriptMethods.integer(value));
    }

    public Call integers(long... values) {
      return add(ScriptMethods.integers(values));
    }

    public Call real(double value) {
      return add(ScriptMethods.real(value));
    }

    private Call add(long value) {
      values[count++] = value;
      return this;
    }

    public void run() {
      ScriptMethods.free(invoke());
    }

    public TorchTensor toTensor() {
      long result = invoke();
      try {
        return wrap(ScriptMethods.toTensor(result));
      } finally {
        ScriptMethods.free(result);
      }
    }

    /** Returns a list of tensors that stays in the library, for further calls. */
    public Tensors toList() {
      return new Tensors(invoke());
    }

    public TorchTensor[] toTensors() {
      long result = invoke();
      try {
        long[] handles = ScriptMethods.toTensors(result);
        TorchTensor[] tensors = new TorchTensor[handles.length];
        for (int i = 0; i < handles.length; i++) {
          tensors[i] = wrap(handles[i]);
        }
        return tensors;
      } finally {
        ScriptMethods.free(result);
      }
    }

    private static TorchTensor wrap(long handle) {
      return TorchTensor.of(new PtNDArray(TorchScope.current().manager(), handle));
    }

    private long invoke() {
      long[] arguments = Arrays.copyOf(values, count);
      try {
        return ScriptMethods.run(module, method, arguments);
      } finally {
        for (int i = 0; i < count; i++) {
          if (!borrowed[i]) {
            ScriptMethods.free(arguments[i]);
          }
        }
      }
    }
  }
}
