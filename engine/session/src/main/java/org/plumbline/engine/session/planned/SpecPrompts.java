// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session.planned;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.file.PlainPath;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.InputFiles;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.plan.Planner;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.rlhf.data.LoadData;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.session.SeenPrompts;
import org.plumbline.engine.store.disk.PreparedFile;

/**
 * The prompts of a plan before anything is run: data sets are read into a folder of their own,
 * which is gone afterwards. Files that would take long are left to the report.
 */
public final class SpecPrompts implements SeenPrompts.Source {
  private static final long MOST_BYTES = 1L << 26;

  private final Path folder;
  private final Map<String, Optional<Path>> loaded = new HashMap<>();

  private SpecPrompts(Path folder) {
    this.folder = folder;
  }

  /** How many of the prompts that a plan measures on are seen upstream; empty if none are there. */
  public static Optional<SeenPrompts> seen(Plan plan) {
    try (PreparedFile aside = PreparedFile.temporary()) {
      return SeenPrompts.of(plan, new SpecPrompts(Files.createDirectory(aside.path())));
    } catch (IOException | UncheckedIOException | StageFailure e) {
      return Optional.empty(); // what is wrong with the data is said by whoever needs it
    }
  }

  /**
   * The same of a spec that nobody plans yet.
   *
   * @param folder that paths in the spec are relative to
   */
  public static Optional<SeenPrompts> seen(SpecResult spec, Path folder) {
    Experiment experiment = spec.experiment().orElse(null);
    if (experiment == null || experiment.compare() == null) {
      return Optional.empty();
    }
    return seen(unread(spec, experiment, folder));
  }

  /**
   * The plan of a spec of which no file is read for its digest, since a model may have gigabytes:
   * the path stands for it, so that different files are different nodes.
   */
  static Plan unread(SpecResult spec, Experiment experiment, Path folder) {
    InputFiles unread =
        named -> {
          String path = PlainPath.of(folder.resolve(named.written())).toString();
          return new FileRef(named.written(), path, Sha256.of(path));
        };
    Planner planner = new Planner(PlannedSpec.OPERATIONS, Map.of(), unread);
    return planner.plan(experiment, spec.recipes(), Sha256.of(spec.file().text()));
  }

  /** A warning if recipes are compared on prompts that a stage upstream of them has read. */
  public static List<Diagnostic> warnings(SpecResult spec, @Nullable SeenPrompts seen) {
    if (seen == null || seen.seen() == 0) {
      return List.of();
    }
    return List.of(
        Diagnostic.of(Code.PLB0520, spec.spanOf("compare.prompts"), seen.line())
            .help(
                "compare on prompts that stand nowhere upstream, such as rows that are set aside"
                    + " with `hold_out`"));
  }

  /** The same as data. */
  public static Map<String, Object> plain(SeenPrompts seen) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("data", seen.data());
    plain.put("prompts", seen.prompts());
    plain.put("distinct", seen.distinct());
    plain.put("seen", seen.seen());
    plain.put("by", seen.by());
    plain.put("not_looked_at", seen.unread());
    return plain;
  }

  @Override
  public Optional<Path> rows(PlanNode data, String part) throws IOException {
    Optional<Path> rows = loaded.get(data.id());
    if (rows == null) {
      rows = load(data);
      loaded.put(data.id(), rows);
    }
    return rows.map(at -> at.resolve(part.isEmpty() ? "rows.jsonl" : part + ".jsonl"));
  }

  private Optional<Path> load(PlanNode data) throws IOException {
    List<FileRef> files = List.copyOf(data.files().values());
    if (files.size() != 1 || !small(files.get(0))) {
      return Optional.empty();
    }
    DataSpec spec = Specs.bindCanonical(DataSpec.class, data.settings());
    Path output = Files.createDirectory(folder.resolve(String.valueOf(loaded.size())));
    LoadData.load(spec, Path.of(files.get(0).path()), output);
    return Optional.of(output);
  }

  @Override
  public Optional<Path> corpus(FileRef file) throws IOException {
    return small(file) ? Optional.of(Path.of(file.path())) : Optional.empty();
  }

  private static boolean small(FileRef file) throws IOException {
    Path path = Path.of(file.path());
    return Files.isRegularFile(path) && Files.size(path) <= MOST_BYTES;
  }
}
