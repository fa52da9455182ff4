package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.plumbline.engine.store.Stage;
import org.plumbline.engine.store.StageContext;

/**
 * Reads a data set from its file: checks every row, brings all to one shape, sets rows aside.
 *
 * <p>Any row that cannot be used ends the stage with file, line and column; nothing is dropped. The
 * artifact holds {@code rows.jsonl} and {@code held_out.jsonl} with the columns of {@link
 * RowShape}, and {@code summary.json}.
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
    return 1;
  }

  @Override
  public void run(StageContext context) throws IOException {
    DataSpec spec = context.settings(DataSpec.class);
    boolean lines = spec.jsonl() != null;
    String role = lines ? "jsonl" : "json";
    String name = Objects.requireNonNull(lines ? spec.jsonl() : spec.json());
    Path all = context.output().resolve("all.jsonl");
    Loaded loaded = new Loaded();
    try (RowSource source = open(context.file(role), name, lines);
        BufferedWriter out = Files.newBufferedWriter(all)) {
      read(source, spec, loaded, out, context);
    }
    if (loaded.rows.read() == 0) {
      throw DataFailure.empty(name);
    }
    HeldOut.Choice choice = HeldOut.choose(spec.holdOut(), loaded.prompts, loaded.contents);
    split(all, choice, context.output());
    Files.delete(all);
    List<String> notes = new ArrayList<>(loaded.rows.notes());
    notes.addAll(choice.notes());
    notes.forEach(note -> context.note(name + ": " + note));
    summarise(loaded, choice, notes, context.output());
  }

  private static RowSource open(Path path, String name, boolean lines) throws IOException {
    return lines ? new JsonLines(path, name) : new JsonArray(path, name);
  }

  private static void read(
      RowSource source, DataSpec spec, Loaded loaded, BufferedWriter out, StageContext context)
      throws IOException {
    long limit = spec.limit() == null ? Long.MAX_VALUE : spec.limit();
    while (loaded.rows.read() < limit) {
      RawRow raw = source.next();
      if (raw == null) {
        return;
      }
      Map<String, String> row = loaded.rows.normalise(raw);
      String text = JSON.writeValueAsString(row);
      out.write(text);
      out.write('\n');
      loaded.add(row, text);
      if (loaded.rows.read() % ROWS_PER_REPORT == 0) {
        context.progress(loaded.rows.read(), loaded.rows.read(), Map.of());
      }
    }
  }

  private static void split(Path all, HeldOut.Choice choice, Path output) throws IOException {
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
      Loaded loaded, HeldOut.Choice choice, List<String> notes, Path output) throws IOException {
    RowForm form = Objects.requireNonNull(loaded.rows.form());
    int heldOut = choice.rows().cardinality();
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("shape", form.shape().word());
    summary.put("rows", loaded.rows.read() - heldOut);
    summary.put("heldOut", heldOut);
    summary.put("fingerprint", loaded.fingerprint());
    summary.putAll(loaded.rows.counts());
    summary.put("notes", notes);
    Files.writeString(
        output.resolve(DataSet.SUMMARY),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(summary).replace("\r\n", "\n")
            + "\n");
  }

  /** What is known of the rows once they are read; 16 bytes for each. */
  private static final class Loaded {
    private final Rows rows = new Rows();
    private final List<Long> prompts = new ArrayList<>();
    private final List<Long> contents = new ArrayList<>();
    private final MessageDigest all = ContentDigest.sha256();

    void add(Map<String, String> row, String text) {
      String prompt = row.getOrDefault("prompt", row.getOrDefault("text", ""));
      prompts.add(ContentDigest.word(prompt));
      contents.add(ContentDigest.word(text));
      all.update(text.getBytes(StandardCharsets.UTF_8));
      all.update((byte) '\n');
    }

    String fingerprint() {
      return HexFormat.of().formatHex(all.digest());
    }
  }
}
