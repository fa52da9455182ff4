// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/** Plain data as JSON. */
public final class Json {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Json() {}

  /** A document, laid out to be read. */
  public static String pretty(Object plain) {
    return write(MAPPER, plain);
  }

  /** A document on one line. */
  public static String line(Object plain) {
    return write(MAPPER.copy().disable(SerializationFeature.INDENT_OUTPUT), plain);
  }

  private static String write(ObjectMapper mapper, Object plain) {
    try {
      return mapper.writeValueAsString(plain);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain data must always be writable", e);
    }
  }
}
