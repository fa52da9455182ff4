// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session.planned;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.file.FileKind;
import org.plumbline.dsl.model.file.PlainPath;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.bind.Suggest;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.FilesBesideSpec;
import org.plumbline.engine.plan.InputFault;
import org.plumbline.engine.plan.InputFiles;
import org.plumbline.engine.plan.NamedFile;

/** The files that a spec names; one that cannot be read is a diagnostic at its place. */
final class SpecFiles implements InputFiles {
  private static final String STARTS = "paths in a spec start from the folder that the spec is in";

  private final SpecResult spec;
  private final Path folder;
  private final InputFiles files;

  /**
   * The files of a spec.
   *
   * @param folder that its paths are relative to
   */
  SpecFiles(SpecResult spec, Path folder) {
    this.spec = spec;
    this.folder = folder;
    this.files = new FilesBesideSpec(folder);
  }

  @Override
  public FileRef read(NamedFile named) {
    try {
      return files.read(named);
    } catch (UncheckedIOException e) {
      IOException cause = Objects.requireNonNull(e.getCause());
      Diagnostic diagnostic =
          cause instanceof InputFault fault
              ? fault(named, fault)
              : Diagnostic.of(
                      Code.PLB0505,
                      place(named),
                      "`" + named.written() + "` cannot be read: " + cause.getMessage())
                  .help("check the disk and the file's permissions");
      throw new PlannedSpec.Unplannable(List.of(diagnostic));
    }
  }

  /** What is wrong with a file or folder, or with something in it. */
  Diagnostic fault(NamedFile named, InputFault fault) {
    Path below = PlainPath.of(folder.resolve(named.written())).relativize(fault.at());
    boolean itself = below.toString().isEmpty();
    String name = "`" + named.written() + (itself ? "" : "/" + below) + "` ";
    return switch (fault.kind()) {
      case MISSING ->
          Diagnostic.of(Code.PLB0504, place(named), missing(named))
              .help(meant(named.written(), named.kind(), fault.at()));
      case NOT_A_FILE ->
          Diagnostic.of(Code.PLB0530, place(named), name + fault.what())
              .help(
                  named.kind() == FileKind.FOLDER
                      ? "a model is a folder that holds nothing but files and folders"
                      : "only regular files are read: they can be read again when a run goes on;"
                          + " write the rows into one");
      case BROKEN_LINK ->
          Diagnostic.of(Code.PLB0531, place(named), name + fault.what())
              .help("links count by what they lead to: mend it or remove it");
      case UNREADABLE ->
          Diagnostic.of(Code.PLB0505, place(named), name + fault.what())
              .help("check the permissions of the file and of the folders above it");
    };
  }

  /** What to write in place of a path where nothing is. */
  static String meant(String written, FileKind kind, Path missing) {
    Path parent = missing.toAbsolutePath().getParent();
    Optional<String> hub = HubName.help(written, kind);
    if (hub.isPresent() || parent == null || !Files.isDirectory(parent)) {
      return hub.orElse(STARTS);
    }
    try (Stream<Path> beside = Files.list(parent)) {
      List<String> names = beside.map(path -> String.valueOf(path.getFileName())).sorted().toList();
      String folder = written.substring(0, written.lastIndexOf('/') + 1);
      return Suggest.near(String.valueOf(missing.getFileName()), names)
          .map(near -> "did you mean `" + folder + near + "`?")
          .orElse(STARTS);
    } catch (IOException e) {
      return STARTS; // the folder cannot be listed: nothing can be suggested
    }
  }

  private static String missing(NamedFile named) {
    return "there is no "
        + (named.kind() == FileKind.FOLDER ? "folder" : "file")
        + " `"
        + named.written()
        + "`";
  }

  /** Where the setting stands, if it stands in this file and not in a variant or an option. */
  Span place(NamedFile named) {
    Span span = spec.spanOf(named.setting());
    boolean there = span.file().line(span.start().line()).orElse("").contains(named.written());
    return there ? span : SpecPlace.of(spec, named.written());
  }
}
