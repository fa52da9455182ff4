package org.plumbline.engine.rlhf.data.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.data.source.DataFailure;
import org.plumbline.engine.rlhf.data.source.Place;
import org.plumbline.engine.rlhf.data.source.RawRow;
import org.plumbline.engine.rlhf.data.source.RowSource;
import org.plumbline.engine.rlhf.data.source.Values;

/**
 * Rows of a Parquet file in its order; lists, structs and maps come as JSON's lists and objects.
 */
public final class ParquetRows implements RowSource {
  /** The row as JSON, if it is not too long; `_row_` because a column of that name is unlikely. */
  private static final String ROWS =
      """
      SELECT strlen(_json_), CASE WHEN strlen(_json_) <= ? THEN _json_ END
      FROM (SELECT to_json(_row_)::VARCHAR AS _json_
            FROM read_parquet(?, binary_as_string = true, hive_partitioning = false) _row_)
      """;

  private final Path path;
  private final String name;
  private final Connection connection;
  private final PreparedStatement query;
  private @Nullable ResultSet rows;
  private long row;

  /** Opens a file; {@code name} is what messages call it. */
  public ParquetRows(Path path, String name) throws IOException {
    this.path = path;
    this.name = name;
    RowSource.requireFile(path, name);
    try {
      this.connection = DuckDb.connect();
      this.query = connection.prepareStatement(ROWS);
      query.setInt(1, LONGEST_ROW);
      query.setString(2, DuckDb.literally(path));
    } catch (SQLException e) {
      throw DataFailure.brokenParquet(name, DuckDb.reason(e, path));
    }
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
      Place place = Place.row(name, ++row);
      String json = rows.getString(2);
      if (json == null) {
        throw DataFailure.tooLong(place, LONGEST_ROW);
      }
      return new RawRow(place, Values.columns(json));
    } catch (SQLException e) {
      throw DataFailure.brokenParquet(
          row == 0 ? name : name + ", after row " + row, DuckDb.reason(e, path));
    }
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
