// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.parquet;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.plumbline.engine.rlhf.data.source.RowValues;

/** How a value without parts comes in DuckDB's JSON. */
enum LeafType {
  /** As it is: texts, numbers, dates as texts, and JSON as what it says. */
  PLAIN,
  /** A decimal fraction, all of whose digits count. */
  DECIMAL,
  /** Bytes, printable ones as they are and others as {@code \xFF}. */
  BYTES;

  /** Reads a value that is not null from JSON, whose first token is the current one. */
  JsonNode value(JsonParser json) throws IOException {
    return switch (this) {
      case PLAIN -> RowValues.next(json);
      case DECIMAL ->
          json.currentToken().isNumeric()
              ? DecimalNode.valueOf(json.getDecimalValue())
              : RowValues.next(json);
      case BYTES -> bytes(json.getText());
    };
  }

  /** Old writers do not say that bytes are text; so those that are UTF-8 are taken for it. */
  private static JsonNode bytes(String escaped) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length());
    for (int at = 0; at < escaped.length(); at++) {
      char c = escaped.charAt(at);
      if (c == '\\') {
        bytes.write(Integer.parseInt(escaped, at + 2, at + 4, 16));
        at += 3;
      } else {
        bytes.write(c);
      }
    }
    byte[] all = bytes.toByteArray();
    try {
      ByteBuffer text = ByteBuffer.wrap(all);
      return TextNode.valueOf(StandardCharsets.UTF_8.newDecoder().decode(text).toString());
    } catch (CharacterCodingException e) {
      return BinaryNode.valueOf(all);
    }
  }
}
