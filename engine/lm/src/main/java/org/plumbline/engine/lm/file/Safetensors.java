// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.internal.NumberType;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

/**
 * Files of named tensors in the safetensors format: a length, a JSON header, then the numbers.
 *
 * <p>Reading maps the file into memory and copies each tensor once, past the heap, into the native
 * library's memory; the header's claims are checked against the file's real size before. Numbers of
 * F32, F16, BF16 and F64 become 32-bit floats, those of I64 stay. Writing takes the tensors' own
 * memory; 16-bit types are made one tensor at a time.
 */
public final class Safetensors {

  /** What is mapped at once: buffers hold less than 2 GiB. */
  private static final long MAPPED = 1L << 30;

  /** What is copied or converted at once: small enough for a processor's caches. */
  private static final int PIECE = 1 << 22;

  private Safetensors() {}

  // ---- writing ----

  /** Writes tensors in the order of their names, and flushes them to the disk. */
  public static void write(Path file, Map<String, Tensor> tensors) {
    write(file, tensors, StoredType.FLOAT32);
  }

  /** The same with floats in another type, rounded to the nearest. */
  public static void write(Path file, Map<String, Tensor> tensors, StoredType floats) {
    Map<String, Tensor> sorted = new TreeMap<>(tensors);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      writeFully(channel, header(sorted, floats));
      for (Tensor tensor : sorted.values()) {
        write(channel, tensor.torch(), floats);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static ByteBuffer header(Map<String, Tensor> tensors, StoredType floats)
      throws JsonProcessingException {
    ObjectNode header = new ObjectMapper().createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    long offset = 0;
    for (Map.Entry<String, Tensor> named : tensors.entrySet()) {
      TorchTensor tensor = named.getValue().torch();
      ObjectNode node = header.putObject(named.getKey());
      node.put("dtype", tensor.isFloat() ? floats.code() : "I64");
      ArrayNode shape = node.putArray("shape");
      Arrays.stream(tensor.shape()).forEach(shape::add);
      long end = offset + count(tensor.shape()) * type(tensor, floats).bytes();
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = new ObjectMapper().writeValueAsBytes(header);
    int word = SafetensorsHeader.LENGTH_BYTES;
    int padded = (json.length + word - 1) / word * word;
    ByteBuffer bytes = ByteBuffer.allocate(word + padded).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(padded).put(json);
    while (bytes.hasRemaining()) {
      bytes.put((byte) ' ');
    }
    return bytes.flip();
  }

  private static void write(FileChannel channel, TorchTensor tensor, StoredType floats)
      throws IOException {
    NumberType type = type(tensor, floats);
    long count = count(tensor.shape());
    long most = PIECE / type.bytes();
    for (long start = 0; start < count; start += most) {
      try (TensorScope scope = TensorScope.open()) {
        writeFully(channel, tensor.bytes(start, Math.min(most, count - start), type));
      }
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static NumberType type(TorchTensor tensor, StoredType floats) {
    return tensor.isFloat() ? floats.type() : NumberType.INT64;
  }

  private static long count(long[] shape) {
    long count = 1;
    for (long length : shape) {
      count = Math.multiplyExact(count, length);
    }
    return count;
  }

  // ---- reading ----

  /**
   * Reads all tensors of a file into the open scope, in the header's order.
   *
   * @throws ModelFormatException if the file cannot be read, or is damaged
   */
  public static Map<String, Tensor> read(Path file) {
    return read(file, name -> true);
  }

  /** Reads the tensors whose names are wanted. */
  static Map<String, Tensor> read(Path file, Predicate<String> wanted) {
    ModelFile.size(file); // before it is opened
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, SafetensorsHeader.Entry> named :
          SafetensorsHeader.read(file, channel).entrySet()) {
        if (wanted.test(named.getKey())) {
          NumberType type = type(file, named.getKey(), named.getValue().type());
          tensors.put(named.getKey(), tensor(channel, named.getValue(), type));
        }
      }
      return tensors;
    } catch (IOException e) {
      throw ModelFile.unreadable(file, e);
    }
  }

  /** Reads and checks a file's header only. */
  public static Map<String, SafetensorsHeader.Entry> entries(Path file) {
    ModelFile.size(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return SafetensorsHeader.read(file, channel);
    } catch (IOException e) {
      throw ModelFile.unreadable(file, e);
    }
  }

  private static NumberType type(Path file, String name, String code) {
    return switch (code) {
      case "F32" -> NumberType.FLOAT32;
      case "F16" -> NumberType.FLOAT16;
      case "BF16" -> NumberType.BFLOAT16;
      case "F64" -> NumberType.FLOAT64;
      case "I64" -> NumberType.INT64;
      default ->
          throw ModelFormatException.unsupported(
              file, "`%s` has the type %s; store it as F32, F16 or BF16".formatted(name, code));
    };
  }

  private static Tensor tensor(FileChannel channel, SafetensorsHeader.Entry entry, NumberType type)
      throws IOException {
    NumberType kept = type == NumberType.INT64 ? type : NumberType.FLOAT32;
    TorchTensor tensor = TorchTensor.empty(kept, entry.shape());
    for (long done = 0; done < entry.length(); done += MAPPED) {
      long size = Math.min(MAPPED, entry.length() - done);
      ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, entry.start() + done, size);
      for (int at = 0; at < size; at += PIECE) {
        ByteBuffer piece = mapped.slice(at, (int) Math.min(PIECE, size - at));
        tensor.fill((done + at) / type.bytes(), piece, type);
      }
    }
    return new Tensor(tensor);
  }
}
