// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.StageFailure;

/**
 * Rows of a CSV file (RFC 4180) under a header; all values are texts. Fields in quotes may span
 * lines. Every row must have as many fields as the header; empty lines are passed.
 */
public final class Csv implements RowSource {
  private final String name;
  private final RowText text;
  private final CsvReader<CsvRecord> reader;
  private final CloseableIterator<CsvRecord> records;
  private final char separator;
  private List<String> header = List.of();
  private RowPlace last;
  private RowPlace following;

  /** Opens a file; {@code name} is what messages call it. */
  public Csv(Path path, String name, char separator) throws IOException {
    this.name = name;
    this.separator = separator;
    this.last = new RowPlace(name, 1, 0);
    this.following = last;
    this.text = RowText.open(path, name);
    this.reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .allowUnclosedQuote(false)
            .skipEmptyLines(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            // The text itself ends where a row is too long.
            .maxBufferSize(2 * LONGEST_ROW)
            .ofCsvRecord(text);
    this.records = reader.iterator();
  }

  @Override
  public @Nullable RawRow next() throws IOException {
    if (header.isEmpty()) {
      CsvRecord first = record();
      if (first == null) {
        return null;
      }
      header = header(first);
    }
    CsvRecord record = record();
    if (record == null) {
      return null;
    }
    if (record.getFieldCount() != header.size()) {
      throw DataFailure.fields(last, record.getFieldCount(), header);
    }
    ObjectNode columns = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < header.size(); i++) {
      columns.put(header.get(i), record.getField(i));
    }
    return new RawRow(last, columns);
  }

  private List<String> header(CsvRecord record) {
    List<String> names = List.copyOf(record.getFields());
    Set<String> seen = new HashSet<>();
    for (String column : names) {
      if (column.isBlank()) {
        throw DataFailure.malformedCsv(last, "the header has a column without a name");
      }
      if (!seen.add(column)) {
        throw DataFailure.malformedCsv(last, "the header names `" + column + "` twice");
      }
    }
    if (names.size() == 1) {
      String only = names.get(0);
      for (char other : new char[] {',', ';', '\t', '|'}) {
        if (other != separator && only.indexOf(other) >= 0) {
          throw DataFailure.separator(last, only, separator, other);
        }
      }
    }
    return names;
  }

  private @Nullable CsvRecord record() throws IOException {
    try {
      if (!records.hasNext()) {
        return null;
      }
      CsvRecord record = records.next();
      last = new RowPlace(name, record.getStartingLineNumber(), 0);
      following = new RowPlace(name, last.line() + lines(record), 0);
      text.rowAt(following);
      return record;
    } catch (CsvParseException e) {
      if (e.getCause() instanceof IOException cause) {
        throw unreadable(cause);
      }
      if (e.getCause() instanceof StageFailure tooLong) {
        throw tooLong;
      }
      throw DataFailure.malformedCsv(following, String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      throw unreadable(Objects.requireNonNull(e.getCause()));
    }
  }

  /** How many lines a record takes, if no empty ones follow. */
  private static long lines(CsvRecord record) {
    long lines = 1;
    for (String field : record.getFields()) {
      lines += field.chars().filter(c -> c == '\n').count();
    }
    return lines;
  }

  private RuntimeException unreadable(IOException failure) throws IOException {
    if (failure instanceof CharacterCodingException) {
      return DataFailure.notUtf8(text.firstNotUtf8());
    }
    if (failure instanceof ZipException || failure instanceof EOFException) {
      return DataFailure.brokenArchive(name);
    }
    throw failure;
  }

  @Override
  public void close() throws IOException {
    records.close();
    reader.close();
    text.close();
  }
}
