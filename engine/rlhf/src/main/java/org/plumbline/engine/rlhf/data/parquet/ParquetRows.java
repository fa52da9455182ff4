// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.parquet;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.data.source.DataFailure;
import org.plumbline.engine.rlhf.data.source.RawRow;
import org.plumbline.engine.rlhf.data.source.RowPlace;
import org.plumbline.engine.rlhf.data.source.RowSource;
import org.plumbline.engine.rlhf.data.source.RowValues;

/**
 * Rows of a Parquet file in its order; lists, structs and maps come as JSON's lists and objects,
 * with the names and values that stand in the file.
 *
 * <p>A field of a struct that is null is left out, see {@link Column.Struct}; a column that is null
 * stays.
 */
public final class ParquetRows implements RowSource {
  /** The row as JSON, if it is not too long. */
  private static final String ROWS =
      """
      SELECT strlen(json), CASE WHEN strlen(json) <= ? THEN json END
      FROM (SELECT to_json(%1$s)::VARCHAR AS json
            FROM read_parquet(?, binary_as_string = false, hive_partitioning = false) %1$s)
      """;

  private final Path path;
  private final String name;
  private final Connection connection;
  private final Column.Struct columns;
  private final PreparedStatement query;
  private final Restoration restoration = new Restoration();
  private @Nullable ResultSet rows;
  private long row;

  /** Opens a file; {@code name} is what messages call it. */
  public ParquetRows(Path path, String name) throws IOException {
    this.path = path;
    this.name = name;
    RowSource.requireFile(path, name);
    RowSource.requireParquet(path, name);
    try {
      this.connection = DuckDb.connect();
      PageChecksums.verify(connection, path);
      this.columns = ParquetSchema.of(connection, path);
      this.query = connection.prepareStatement(ROWS.formatted(unusedName(columns)));
      query.setInt(1, LONGEST_ROW);
      query.setString(2, DuckDb.literally(path));
    } catch (SQLException e) {
      throw DataFailure.brokenParquet(name, DuckDb.reason(e, path));
    } catch (UnknownLayoutException e) {
      throw DataFailure.brokenParquet(name, String.valueOf(e.getMessage()));
    } catch (EOFException e) {
      throw DataFailure.brokenParquet(name, "a page is cut short");
    }
  }

  /** A name for the row: one that a column had would stand for that column. */
  private static String unusedName(Column.Struct columns) {
    String unused = "row_";
    while (columns.names().stream().anyMatch(unused::equalsIgnoreCase)) {
      unused += "_";
    }
    return unused;
  }

  @Override
  public @Nullable RawRow next() throws IOException {
    try {
      if (rows == null) {
        rows = query.executeQuery();
      }
      if (!rows.next()) {
        return null;
      }
      RowPlace place = RowPlace.row(name, ++row);
      String json = rows.getString(2);
      if (json == null) {
        throw DataFailure.tooLong(place, LONGEST_ROW);
      }
      return new RawRow(place, restored(json));
    } catch (JsonProcessingException e) {
      throw DataFailure.brokenParquet(name + ", row " + row, RowValues.reason(e));
    } catch (UnknownLayoutException e) {
      throw DataFailure.brokenParquet(name + ", row " + row, String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      throw DataFailure.brokenParquet(
          row == 0 ? name : name + ", after row " + row, DuckDb.reason(e, path));
    }
  }

  private ObjectNode restored(String json) throws IOException {
    restoration.row();
    try (JsonParser parser = RowValues.columns().createParser(json)) {
      parser.nextToken();
      return columns.all(parser, restoration);
    }
  }

  @Override
  public List<String> notes() {
    long rowsWithNulls = restoration.rows();
    return rowsWithNulls == 0
        ? List.of()
        : List.of(
            "keys within columns that are null are left out, in "
                + rowsWithNulls
                + (rowsWithNulls == 1 ? " row" : " rows")
                + ": Parquet has no other way to say that a key is absent");
  }

  @Override
  public void close() throws IOException {
    try (Connection open = connection;
        PreparedStatement prepared = query) {
      if (rows != null) {
        rows.close();
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
