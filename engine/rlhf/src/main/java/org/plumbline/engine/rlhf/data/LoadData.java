// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.source.DataFailure;
import org.plumbline.engine.rlhf.data.source.RawRow;
import org.plumbline.engine.rlhf.data.source.RowSource;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.disk.PreparedFile;

/**
 * Reads a data set from its file: checks every row, brings all to one shape, sets rows aside.
 *
 * <p>Any row that cannot be used ends the stage with file, line and column; nothing is dropped.
 * Rows are written as they are read: what is kept of them in memory is 24 bytes for each, and 16
 * more if rows are held out. The artifact holds {@code rows.jsonl} and {@code held_out.jsonl} with
 * the columns of {@link RowShape} and those of {@link MetadataColumn}, and {@code summary.json}.
 */
public final class LoadData implements Stage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROWS_PER_REPORT = 1000;

  @Override
  public String operation() {
    return "load";
  }

  @Override
  public int version() {
    return 7;
  }

  @Override
  public boolean computesWithEngine() {
    return false;
  }

  @Override
  public void run(StageContext context) throws IOException {
    DataSpec spec = context.settings(DataSpec.class);
    Path file = context.file(DataFiles.of(spec).container());
    load(spec, file, context.output(), new ToContext(context));
  }

  /** Who is told how it goes. */
  private interface Told {
    void read(long rows);

    void note(String note);
  }

  private record ToContext(StageContext context) implements Told {

    @Override
    public void read(long rows) {
      context.progress(rows, rows, Map.of());
    }

    @Override
    public void note(String note) {
      context.note(note);
    }
  }

  /**
   * Reads a data set into a folder, as the stage does, to look at it before anything is run.
   *
   * @param file the spec's file, wherever it is
   * @param output an empty folder
   */
  public static void load(DataSpec spec, Path file, Path output) throws IOException {
    load(
        spec,
        file,
        output,
        new Told() {
          @Override
          public void read(long rows) {}

          @Override
          public void note(String note) {}
        });
  }

  /**
   * The shape that the first row of a data set gives it, to see before anything is run whether it
   * is of use.
   *
   * @param path the spec's file, wherever it is
   */
  public static RowShape shapeOfFirstRow(DataSpec spec, Path path) throws IOException {
    DataFiles file = DataFiles.of(spec);
    Loaded loaded = new Loaded(shaping(spec, file, path), spec);
    try (RowSource source = file.open(path)) {
      RawRow first = source.next();
      if (first == null) {
        throw DataFailure.empty(file.name());
      }
      loaded.rows.normalise(first);
    }
    return Objects.requireNonNull(loaded.rows.form()).shape();
  }

  private static RowShaping shaping(DataSpec spec, DataFiles file, Path path) throws IOException {
    Map<String, String> columns = spec.columns();
    Cells cells = file.texts() ? Cells.texts(MessageColumns.in(file, path, spec)) : Cells.TYPED;
    return new RowShaping(columns == null ? Map.of() : columns, cells);
  }

  private static void load(DataSpec spec, Path path, Path output, Told told) throws IOException {
    DataFiles file = DataFiles.of(spec);
    PreparedFile both = PreparedFile.in(output);
    Path all = spec.holdOut() == 0 ? output.resolve(DataSet.ROWS) : both.path();
    Loaded loaded = new Loaded(shaping(spec, file, path), spec);
    List<String> notes;
    try (RowSource source = file.open(path);
        BufferedWriter out = Files.newBufferedWriter(all)) {
      read(source, loaded, out, told);
      notes = new ArrayList<>(source.notes());
    }
    if (loaded.rows.read() == 0) {
      throw DataFailure.empty(file.name());
    }
    if (loaded.rows.transcripts().all()) {
      asConversations(all, output, loaded);
    }
    HeldOutRows.Choice choice = HeldOutRows.choose(spec.holdOut(), loaded.prompts, loaded.contents);
    if (spec.holdOut() == 0) {
      Files.createFile(output.resolve(DataSet.HELD_OUT));
    } else {
      split(all, choice, output);
      both.close();
    }
    notes.addAll(loaded.rows.notes());
    notes.addAll(choice.notes());
    notes.forEach(note -> told.note(file.name() + ": " + note));
    summarise(loaded, choice, notes, output);
  }

  private static void read(RowSource source, Loaded loaded, BufferedWriter out, Told told)
      throws IOException {
    Integer wanted = loaded.spec.limit();
    long limit = wanted == null ? Long.MAX_VALUE : wanted;
    while (loaded.rows.read() < limit) {
      RawRow raw = source.next();
      if (raw == null) {
        return;
      }
      for (ObjectNode row : loaded.rows.normalise(raw)) {
        loaded.add(row, out);
      }
      if (loaded.rows.read() % ROWS_PER_REPORT == 0) {
        told.read(loaded.rows.read());
      }
    }
  }

  /** Puts rows in the place of the written ones, with the conversations that their prompts are. */
  private static void asConversations(Path all, Path folder, Loaded loaded) throws IOException {
    loaded.begin();
    loaded.rows.transcripts().report();
    try (PreparedFile converted = PreparedFile.in(folder)) {
      try (BufferedReader in = Files.newBufferedReader(all);
          BufferedWriter out = Files.newBufferedWriter(converted.path())) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          ObjectNode text = (ObjectNode) JSON.readTree(line);
          loaded.add(loaded.rows.transcripts().conversation(text), out);
        }
      }
      converted.moveTo(all);
    }
  }

  private static void split(Path all, HeldOutRows.Choice choice, Path output) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(all);
        BufferedWriter rows = Files.newBufferedWriter(output.resolve(DataSet.ROWS));
        BufferedWriter heldOut = Files.newBufferedWriter(output.resolve(DataSet.HELD_OUT))) {
      int index = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        BufferedWriter out = choice.rows().get(index++) ? heldOut : rows;
        out.write(line);
        out.write('\n');
      }
    }
  }

  private static void summarise(
      Loaded loaded, HeldOutRows.Choice choice, List<String> notes, Path output)
      throws IOException {
    RowForm form = Objects.requireNonNull(loaded.rows.form());
    int heldOut = choice.rows().cardinality();
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("shape", form.shape().word());
    summary.put("rows", loaded.rows.given() - heldOut);
    summary.put("heldOut", heldOut);
    summary.put("fingerprint", loaded.fingerprint());
    if (loaded.rows.transcripts().all()) {
      summary.put("transcripts", loaded.rows.transcripts().count());
    }
    summary.putAll(loaded.rows.counts());
    summary.put("notes", notes);
    Files.writeString(
        output.resolve(DataSet.SUMMARY),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(summary).replace("\r\n", "\n")
            + "\n");
  }

  /** What is known of the rows once they are read. */
  private static final class Loaded {
    private final DataSpec spec;
    private final RowShaping rows;
    private Longs prompts = new Longs();
    private Longs contents = new Longs();
    private MessageDigest all = TextHash.sha256();

    Loaded(RowShaping rows, DataSpec spec) {
      this.rows = rows;
      this.spec = spec;
    }

    /** Forgets the content of rows that are to be added again. */
    void begin() {
      prompts = new Longs();
      contents = new Longs();
      all = TextHash.sha256();
    }

    void add(ObjectNode row, BufferedWriter out) throws IOException {
      String text = JSON.writeValueAsString(row);
      out.write(text);
      out.write('\n');
      if (spec.holdOut() > 0) {
        prompts.add(TextHash.word(whole(row)));
        contents.add(TextHash.word(text));
      }
      all.update(text.getBytes(StandardCharsets.UTF_8));
      all.update((byte) '\n');
    }

    /** What must not be on both sides; conversations with other tools count as the same one. */
    private static String whole(ObjectNode row) {
      return row.has("prompt") ? Prompt.of(row.path("prompt")).text() : row.path("text").asText();
    }

    String fingerprint() {
      return HexFormat.of().formatHex(all.digest());
    }
  }
}
