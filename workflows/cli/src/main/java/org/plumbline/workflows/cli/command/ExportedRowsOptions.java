// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.data.export.ExportedRows;
import org.plumbline.engine.rlhf.data.export.RowFormat;
import org.plumbline.engine.rlhf.data.export.RowWriter;
import org.plumbline.engine.rlhf.models.ModelExport;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.console.Json;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.page.Phrase;
import picocli.CommandLine.Option;

/** The options of exports that are rows, and what they mean. */
final class ExportedRowsOptions {

  private static final String HELD_OUT = ".held_out";

  @Option(
      names = "--as",
      paramLabel = "FORMAT",
      description = "of rows: jsonl, csv or parquet; else as the file is named")
  private @Nullable RowFormat format;

  @Option(
      names = "--labels",
      description =
          "of feedback, or of a policy that asked people: every single label, skips, what a filter"
              + " left out, repeats and gold questions included")
  private boolean labels;

  /** Whether single labels are wanted. */
  boolean singleLabels() {
    return labels;
  }

  /** Whether rows are wanted of a node's result: labels of a policy, too, that asked for them. */
  boolean apply(Artifact artifact) {
    return labels
        ? ExportedRows.in(artifact)
        : !ModelExport.holdsWeights(artifact) && ExportedRows.in(artifact);
  }

  /** The node without the part of it that is meant. */
  String withoutPart(String name) {
    return name.endsWith(HELD_OUT) ? name.substring(0, name.length() - HELD_OUT.length()) : name;
  }

  /** Writes the rows. */
  void write(Plumb given, Artifact artifact, String name, Path output) throws IOException {
    if (labels && !ExportedRows.labelsIn(artifact)) {
      throw Refusal.mistake("`" + name + "` has no single labels", "leave `--labels` out");
    }
    RowFormat wanted = format == null ? formatOf(output) : format;
    Path file = NewFile.fresh(given, output).path();
    ExportedRows.Counts counts;
    try {
      String part = name.endsWith(HELD_OUT) ? "held_out" : "";
      counts =
          RowWriter.write(
              labels ? ExportedRows.labels(artifact) : ExportedRows.of(artifact, part),
              wanted,
              file);
    } catch (StageFailure e) {
      throw Refusal.mistake(String.valueOf(e.getMessage()));
    }
    tell(given, file, wanted, counts);
  }

  private static void tell(Plumb given, Path file, RowFormat format, ExportedRows.Counts counts) {
    Console console = given.console();
    if (console.format() == Format.JSON) {
      Map<String, Object> plain = new LinkedHashMap<>();
      plain.put("file", file.toString());
      plain.put("format", format.word());
      plain.put("rows", counts.written());
      plain.put("skipped_labels", counts.skipped());
      console.json(Json.pretty(plain));
      return;
    }
    console.result(given.shown(file) + "  " + Phrase.count(counts.written(), "row"));
    if (counts.skipped() > 0) {
      console.say(
          Phrase.count(counts.skipped(), "label")
              + " of who skipped the question prefer nothing; their rows have `skipped`: true");
    }
  }

  private static RowFormat formatOf(Path file) {
    return RowFormat.of(String.valueOf(file.getFileName()))
        .orElseThrow(
            () ->
                Refusal.mistake(
                    "the name of `" + file.getFileName() + "` does not say its format",
                    "say it: --as jsonl, --as csv or --as parquet"));
  }
}
