// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** The whole numbers of a struct in Thrift's compact protocol, in which pages have headers. */
final class CompactStruct {
  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int BYTE = 3;
  private static final int I16 = 4;
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int DOUBLE = 7;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int SET = 10;
  private static final int STRUCT = 12;

  /** Headers of pages are nested three deep. */
  private static final int DEEPEST = 8;

  /** They hold statistics at most. */
  private static final long LONGEST = 1 << 24;

  private final InputStream in;
  private final Map<Integer, Long> numbers = new HashMap<>();
  private long length;

  private CompactStruct(InputStream in) {
    this.in = in;
  }

  /** Reads a struct to its end. */
  static CompactStruct read(InputStream in) throws IOException {
    CompactStruct struct = new CompactStruct(in);
    struct.struct(0);
    return struct;
  }

  /** How many bytes it took. */
  long length() {
    return length;
  }

  boolean has(int field) {
    return numbers.containsKey(field);
  }

  long number(int field, long otherwise) {
    return numbers.getOrDefault(field, otherwise);
  }

  private void struct(int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new UnknownLayoutException("the header of a page is damaged");
    }
    int field = 0;
    for (int head = next(); head != 0; head = next()) {
      int step = head >> 4;
      field = step == 0 ? (int) zigzag() : field + step;
      value(head & 15, depth == 0 ? field : 0, depth);
    }
  }

  /** Reads a value; whole numbers of the outermost struct are kept. */
  private void value(int type, int field, int depth) throws IOException {
    switch (type) {
      case TRUE, FALSE -> {}
      case BYTE -> next();
      case I16, I32, I64 -> {
        long number = zigzag();
        if (field > 0) {
          numbers.put(field, number);
        }
      }
      case DOUBLE -> skip(Double.BYTES);
      case BINARY -> skip(varint());
      case LIST, SET -> list(depth);
      case STRUCT -> struct(depth + 1);
      default -> throw new UnknownLayoutException("the header of a page is damaged");
    }
  }

  private void list(int depth) throws IOException {
    int head = next();
    long size = head >> 4 == 15 ? varint() : head >> 4;
    int type = head & 15;
    for (long i = 0; i < size; i++) {
      if (type == TRUE || type == FALSE) {
        next();
      } else {
        value(type, 0, depth + 1);
      }
    }
  }

  private long zigzag() throws IOException {
    long number = varint();
    return (number >>> 1) ^ -(number & 1);
  }

  private long varint() throws IOException {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int part = next();
      number |= (long) (part & 0x7F) << shift;
      if (part < 0x80) {
        return number;
      }
    }
    throw new UnknownLayoutException("the header of a page is damaged");
  }

  private void skip(long bytes) throws IOException {
    if (bytes < 0 || bytes > LONGEST) {
      throw new UnknownLayoutException("the header of a page is damaged");
    }
    in.skipNBytes(bytes);
    length += bytes;
  }

  private int next() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException();
    }
    length++;
    return next;
  }
}
