package org.plumbline.engine.lm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plumbline.engine.lm.internal.TorchTensor;

/**
 * Files of named tensors in the safetensors format: a length, a JSON header, then the numbers.
 *
 * <p>Reading maps the file into memory; nothing is allocated before the header's claims are checked
 * against the file's real size. Reads F32, F16, BF16 (both widened) and I64; writes F32 and I64.
 */
public final class Safetensors {

  // the limit of the format's own library
  private static final long LONGEST_HEADER = 100_000_000;
  private static final int LENGTH_BYTES = 8;
  private static final int MOST_AXES = 16;

  private Safetensors() {}

  /** Writes tensors in the order of their names, and flushes them to the disk. */
  public static void write(Path file, Map<String, Tensor> tensors) {
    ObjectNode header = new ObjectMapper().createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    List<ByteBuffer> contents = new ArrayList<>();
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : new TreeMap<>(tensors).entrySet()) {
      TorchTensor tensor = entry.getValue().torch();
      ByteBuffer bytes = tensor.bytes();
      ObjectNode node = header.putObject(entry.getKey());
      node.put("dtype", tensor.isFloat() ? "F32" : "I64");
      ArrayNode shape = node.putArray("shape");
      for (long length : tensor.shape()) {
        shape.add(length);
      }
      node.putArray("data_offsets").add(offset).add(offset + bytes.remaining());
      offset += bytes.remaining();
      contents.add(bytes);
    }
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      writeFully(channel, headerBytes(header));
      for (ByteBuffer bytes : contents) {
        writeFully(channel, bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static ByteBuffer headerBytes(ObjectNode header) throws JsonProcessingException {
    byte[] json = new ObjectMapper().writeValueAsBytes(header);
    int padded = (json.length + LENGTH_BYTES - 1) / LENGTH_BYTES * LENGTH_BYTES;
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH_BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(padded).put(json);
    while (bytes.hasRemaining()) {
      bytes.put((byte) ' ');
    }
    return bytes.flip();
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Reads all tensors of a file into the open scope, in the header's order. */
  public static Map<String, Tensor> read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Map<String, Entry> entries = header(file, channel);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, Entry> named : entries.entrySet()) {
        tensors.put(named.getKey(), tensor(channel, named.getValue()));
      }
      return tensors;
    } catch (IOException e) {
      throw ModelFormatException.unreadable(file, String.valueOf(e.getMessage()));
    }
  }

  private static Tensor tensor(FileChannel channel, Entry entry) throws IOException {
    ByteBuffer bytes =
        channel
            .map(FileChannel.MapMode.READ_ONLY, entry.start(), entry.length())
            .order(ByteOrder.LITTLE_ENDIAN);
    return switch (entry.type()) {
      case "F32" -> new Tensor(TorchTensor.floats(bytes, entry.shape()));
      case "I64" -> Tensor.of(longs(bytes), entry.shape());
      default -> Tensor.of(HalfPrecision.widen(entry.type(), bytes), entry.shape());
    };
  }

  private static long[] longs(ByteBuffer bytes) {
    long[] values = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(values);
    return values;
  }

  /** What a header says of one tensor: its type, shape, and where its bytes are in the file. */
  record Entry(String type, long[] shape, long start, long length) {}

  /** Reads and checks a file's header only. */
  static Map<String, Entry> entries(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return header(file, channel);
    } catch (IOException e) {
      throw ModelFormatException.unreadable(file, String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, Entry> header(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < LENGTH_BYTES) {
      throw ModelFormatException.damaged(file, "it has only " + size + " bytes");
    }
    long length = readAt(channel, 0, LENGTH_BYTES).getLong();
    if (length < 2 || length > LONGEST_HEADER || length > size - LENGTH_BYTES) {
      throw ModelFormatException.damaged(
          file, "its header claims " + Long.toUnsignedString(length) + " of " + size + " bytes");
    }
    ByteBuffer json = readAt(channel, LENGTH_BYTES, (int) length);
    byte[] text = new byte[json.remaining()];
    json.get(text);
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw ModelFormatException.damaged(file, "its header is not JSON");
    }
    if (!root.isObject()) {
      throw ModelFormatException.damaged(file, "its header is not a JSON object");
    }
    long dataStart = LENGTH_BYTES + length;
    Map<String, Entry> entries = new LinkedHashMap<>();
    root.properties().stream()
        .filter(field -> !field.getKey().equals("__metadata__"))
        .forEach(
            field ->
                entries.put(
                    field.getKey(),
                    new Reader(file, dataStart, size).entry(field.getKey(), field.getValue())));
    requireNoOverlap(file, entries);
    return entries;
  }

  private static ByteBuffer readAt(FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new IOException("unexpected end of file");
      }
    }
    return bytes.flip();
  }

  private static void requireNoOverlap(Path file, Map<String, Entry> entries) {
    List<Map.Entry<String, Entry>> sorted = new ArrayList<>(entries.entrySet());
    sorted.sort(
        Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().start())
            .thenComparingLong(e -> e.getValue().length()));
    long end = 0;
    for (Map.Entry<String, Entry> named : sorted) {
      Entry entry = named.getValue();
      if (entry.start() < end) {
        throw ModelFormatException.damaged(file, "`" + named.getKey() + "` overlaps another");
      }
      end = entry.start() + entry.length();
    }
  }

  /** Checks one tensor's claims against the size of the file. */
  private record Reader(Path file, long dataStart, long fileSize) {

    Entry entry(String name, JsonNode node) {
      JsonNode offsets = node.path("data_offsets");
      JsonNode lengths = node.path("shape");
      String type = node.path("dtype").asText();
      if (offsets.size() != 2 || !lengths.isArray() || lengths.size() > MOST_AXES) {
        throw ModelFormatException.damaged(file, "`" + name + "` lacks shape or offsets");
      }
      long begin = whole(name, offsets.get(0));
      long end = whole(name, offsets.get(1));
      if (end < begin || end > fileSize - dataStart) {
        throw ModelFormatException.damaged(file, "`" + name + "` lies outside of the file");
      }
      long[] shape = new long[lengths.size()];
      long bytes = bytesOf(name, type);
      for (int axis = 0; axis < shape.length; axis++) {
        shape[axis] = whole(name, lengths.get(axis));
        bytes = product(name, bytes, shape[axis]);
      }
      if (bytes != end - begin) {
        throw ModelFormatException.damaged(
            file, "`" + name + "` has " + (end - begin) + " bytes, its shape needs " + bytes);
      }
      if (end - begin > Integer.MAX_VALUE) {
        throw ModelFormatException.unsupported(
            file, "`" + name + "` has " + (end - begin) + " bytes; 2 GiB is the most");
      }
      return new Entry(type, shape, dataStart + begin, end - begin);
    }

    private long whole(String name, JsonNode node) {
      if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
        throw ModelFormatException.damaged(file, "`" + name + "` has an impossible size");
      }
      return node.longValue();
    }

    private long product(String name, long a, long b) {
      try {
        return Math.multiplyExact(a, b);
      } catch (ArithmeticException e) {
        throw ModelFormatException.damaged(file, "`" + name + "` has an impossible shape");
      }
    }

    private long bytesOf(String name, String type) {
      return switch (type) {
        case "F32" -> Float.BYTES;
        case "I64" -> Long.BYTES;
        case "F16", "BF16" -> Short.BYTES;
        default ->
            throw ModelFormatException.damaged(
                file, "`" + name + "` has the unsupported type " + type);
      };
    }
  }
}
