// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.store.disk.StoreFile;

/** The records of the store as JSON. */
public final class StoreJson {
  private static final String SEAL = "seal";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(new SimpleModule().addSerializer(String.class, new Masked()))
          .build();

  private StoreJson() {}

  /** No record of the store holds a secret, whatever the texts in it came from. */
  private static final class Masked extends StdSerializer<String> {
    private static final long serialVersionUID = 1L;

    Masked() {
      super(String.class);
    }

    @Override
    public void serialize(String text, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(Secrets.mask(text));
    }
  }

  public static byte[] pretty(Object value) {
    try {
      return MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  public static byte[] line(Object value) {
    try {
      return (MAPPER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /** A record with a digest of itself, by which {@link #readSealed} sees that it is whole. */
  public static byte[] sealed(Object value) {
    try {
      ObjectNode tree = (ObjectNode) MAPPER.readTree(pretty(value));
      tree.put(SEAL, digest(tree));
      return pretty(tree);
    } catch (IOException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /**
   * Reads a record that may bear a digest of itself; those of older versions do not.
   *
   * @throws IOException if it is not such a record, or another than was written
   */
  public static <T> T readSealed(Path file, Class<T> type) throws IOException {
    return readSealed(StoreFile.read(file), type);
  }

  /** Reads such a record from its bytes. */
  public static <T> T readSealed(byte[] content, Class<T> type) throws IOException {
    JsonNode tree = MAPPER.readTree(content);
    JsonNode seal = tree instanceof ObjectNode object ? object.remove(SEAL) : null;
    if (seal != null && !seal.asText().equals(digest(tree))) {
      throw new IOException("its content has changed since it was written");
    }
    return something(MAPPER.treeToValue(tree, type));
  }

  private static String digest(JsonNode tree) throws JsonProcessingException {
    return Sha256.of(MAPPER.writeValueAsString(tree));
  }

  public static <T> T read(Path file, Class<T> type) throws IOException {
    return something(MAPPER.readValue(StoreFile.read(file), type));
  }

  public static <T> T read(byte[] json, Class<T> type) throws IOException {
    return something(MAPPER.readValue(json, type));
  }

  public static <T> T read(String json, Class<T> type) throws IOException {
    return something(MAPPER.readValue(json, type));
  }

  /** JSON's null is read as nothing. */
  private static <T> T something(@Nullable T value) throws IOException {
    if (value == null) {
      throw new IOException("there is nothing in it");
    }
    return value;
  }

  /** Whether a text is one whole JSON object. */
  public static boolean isObject(String text) {
    try {
      return MAPPER.readTree(text) instanceof ObjectNode;
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
