// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.internal.ModelLimits;

/**
 * What a safetensors file says it holds, checked against what it can hold.
 *
 * <p>The tensors must cover the file from the header to the end, without gaps or overlaps, as the
 * format's own library demands. A header that lies is refused before anything is allocated for it.
 */
public record SafetensorsHeader(Path file, long fileSize, long dataStart) {

  static final int LENGTH_BYTES = 8;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** What a header says of one tensor: its type, shape, and where its bytes are in the file. */
  public record Entry(String type, long[] shape, long start, long length) {}

  /** Reads and checks the header of an open file. */
  static Map<String, Entry> read(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < LENGTH_BYTES) {
      throw ModelFormatException.damaged(file, "it has only " + size + " bytes");
    }
    long length = bytes(channel, 0, LENGTH_BYTES).getLong();
    if (length < 2 || length > ModelLimits.WEIGHTS_HEADER || length > size - LENGTH_BYTES) {
      throw ModelFormatException.damaged(
          file, "its header claims " + Long.toUnsignedString(length) + " of " + size + " bytes");
    }
    JsonNode root = json(file, bytes(channel, LENGTH_BYTES, (int) length));
    return new SafetensorsHeader(file, size, LENGTH_BYTES + length).entries(root);
  }

  private static ByteBuffer bytes(FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new IOException("unexpected end of file");
      }
    }
    return bytes.flip();
  }

  private static JsonNode json(Path file, ByteBuffer text) {
    try {
      JsonNode root = JSON.readTree(StandardCharsets.UTF_8.newDecoder().decode(text).toString());
      if (!root.isObject()) {
        throw ModelFormatException.damaged(file, "its header is not a JSON object");
      }
      return root;
    } catch (CharacterCodingException e) {
      throw ModelFormatException.damaged(file, "its header is not UTF-8");
    } catch (JsonProcessingException e) {
      throw ModelFormatException.damaged(file, "its header is not JSON: " + e.getOriginalMessage());
    }
  }

  private Map<String, Entry> entries(JsonNode root) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (!field.getKey().equals("__metadata__")) {
        entries.put(field.getKey(), entry(field.getKey(), field.getValue()));
      }
    }
    requireCovered(entries);
    return entries;
  }

  private Entry entry(String name, JsonNode node) {
    JsonNode offsets = node.path("data_offsets");
    JsonNode lengths = node.path("shape");
    String type = node.path("dtype").asText();
    if (offsets.size() != 2 || !lengths.isArray() || lengths.size() > ModelLimits.AXES) {
      throw damaged(name, "lacks shape or offsets");
    }
    long begin = whole(name, offsets.get(0));
    long end = whole(name, offsets.get(1));
    if (end < begin || end > fileSize - dataStart) {
      throw damaged(
          name,
          "lies outside of the file: bytes %d to %d of %d"
              .formatted(begin, end, fileSize - dataStart));
    }
    long[] shape = new long[lengths.size()];
    long bytes = bytesOf(name, type);
    boolean empty = false;
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = whole(name, lengths.get(axis));
      empty |= shape[axis] == 0;
      // an axis of length 0 must not hide that the others are impossible
      bytes = product(name, bytes, Math.max(1, shape[axis]));
    }
    bytes = empty ? 0 : bytes;
    if (bytes != end - begin) {
      throw damaged(name, "has " + (end - begin) + " bytes, its shape needs " + bytes);
    }
    return new Entry(type, shape, dataStart + begin, end - begin);
  }

  private long whole(String name, JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      throw damaged(name, "has an impossible size");
    }
    return node.longValue();
  }

  private long product(String name, long a, long b) {
    try {
      return Math.multiplyExact(a, b);
    } catch (ArithmeticException e) {
      throw damaged(name, "has an impossible shape");
    }
  }

  private long bytesOf(String name, String type) {
    return switch (type) {
      case "F64", "I64", "U64" -> Long.BYTES;
      case "F32", "I32", "U32" -> Float.BYTES;
      case "F16", "BF16", "I16", "U16" -> Short.BYTES;
      case "BOOL", "I8", "U8", "F8_E4M3", "F8_E5M2" -> 1;
      default -> throw damaged(name, "has the unknown type `" + type + "`");
    };
  }

  private void requireCovered(Map<String, Entry> entries) {
    List<Map.Entry<String, Entry>> sorted = new ArrayList<>(entries.entrySet());
    sorted.sort(
        Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().start())
            .thenComparingLong(e -> e.getValue().length()));
    long end = dataStart;
    for (Map.Entry<String, Entry> named : sorted) {
      Entry entry = named.getValue();
      if (entry.start() < end) {
        throw damaged(named.getKey(), "overlaps another tensor");
      }
      if (entry.start() > end) {
        throw damaged(named.getKey(), "follows " + (entry.start() - end) + " bytes of no tensor");
      }
      end = entry.start() + entry.length();
    }
    if (end != fileSize) {
      throw ModelFormatException.damaged(
          file, (fileSize - end) + " bytes at its end belong to no tensor");
    }
  }

  private ModelFormatException damaged(String name, String why) {
    return ModelFormatException.damaged(file, "`" + name + "` " + why);
  }
}
