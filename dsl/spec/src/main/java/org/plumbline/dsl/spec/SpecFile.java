// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Position;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.file.FileKind;

/** Reads the text of a spec, or says why that cannot be done. */
final class SpecFile {
  /** No experiment written by hand comes near it. */
  private static final int MOST_BYTES = 4 << 20;

  private SpecFile() {}

  /** The text, or an empty text with the reason. */
  record Loaded(SourceFile file, List<Diagnostic> diagnostics) {}

  static Loaded load(Path path, String name) {
    SourceFile file = SourceFile.named(name);
    FileKind kind = FileKind.of(path);
    if (kind != FileKind.FILE) {
      return failed(notAFile(kind, path, name));
    }
    try (InputStream in = Files.newInputStream(path)) {
      // Not by the file's size: what the system makes up has none, and may never end.
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        return failed(
            Diagnostic.of(
                    Code.PLB0010,
                    Span.of(file),
                    "`" + name + "` is larger than " + (MOST_BYTES >> 20) + " MiB: not a spec")
                .help("data belongs in files of its own, which the spec names"));
      }
      return decode(name, bytes);
    } catch (IOException e) {
      return failed(
          Diagnostic.of(Code.PLB0013, Span.of(file), "`" + name + "` cannot be read")
              .note(e.getClass().getSimpleName() + ": " + e.getMessage()));
    }
  }

  private static Diagnostic notAFile(FileKind kind, Path path, String name) {
    Span span = Span.of(SourceFile.named(name));
    if (kind == FileKind.FOLDER) {
      return Diagnostic.of(Code.PLB0011, span, "`" + name + "` is a folder")
          .help("name a file in it, such as `" + path.resolve("my.plumb.yaml") + "`");
    } else if (kind == FileKind.MISSING) {
      return Diagnostic.of(Code.PLB0012, span, "there is no file `" + name + "`")
          .help(nearby(path));
    } else if (kind.isBrokenLink()) {
      return Diagnostic.of(Code.PLB0531, span, "`" + name + "` is " + kind.noun())
          .help("mend the link or name another file");
    } else if (kind == FileKind.FORBIDDEN) {
      return Diagnostic.of(Code.PLB0013, span, "`" + name + "` cannot be read")
          .note("the folder that it is in is not accessible");
    }
    return Diagnostic.of(Code.PLB0530, span, "`" + name + "` is " + kind.noun() + ", not a file")
        .help("only regular files are read; write the spec into one");
  }

  static Loaded decode(String name, byte[] bytes) {
    boolean mark = startsWith(bytes, 0xEF, 0xBB, 0xBF);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    in.position(mark ? 3 : 0);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    out.flip();
    String text = out.toString();
    if (!result.isError()) {
      return new Loaded(SourceFile.of(name, text), List.of());
    }
    return failed(notUtf8(name, bytes, in.position(), text));
  }

  private static Diagnostic notUtf8(String name, byte[] bytes, int offset, String before) {
    int lineStart = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
    int line =
        1 + (int) before.replace("\r\n", "\n").chars().filter(c -> c == '\n' || c == '\r').count();
    int column = 1 + before.codePointCount(lineStart, before.length());
    SourceFile file = SourceFile.named(name);
    Position at = new Position(line, column);
    boolean wide = startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF);
    String windows = new String(bytes, offset, 1, Charset.forName("windows-1252"));
    String help =
        "it looks like Windows-1252, in which that is `" + windows + "`: save it as UTF-8";
    String found = String.format(java.util.Locale.ROOT, "0x%02X", bytes[offset] & 0xFF);
    return Diagnostic.of(
            Code.PLB0009,
            new Span(file, at, new Position(line, column + 1)),
            "`" + name + "` is not UTF-8: the byte " + found + " cannot stand here")
        .help(wide ? "it looks like UTF-16: save it as UTF-8" : help);
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    if (bytes.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if ((bytes[i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }

  /** Advice for a missing file: the spec in that folder, if there is just one. */
  private static String nearby(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return "there is no such folder either";
    }
    try (var files = Files.list(folder)) {
      List<String> specs =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(file -> file.contains(".plumb."))
              .sorted()
              .limit(5)
              .toList();
      return specs.isEmpty()
          ? "there is no spec in that folder"
          : "specs there: " + String.join(", ", specs);
    } catch (IOException e) {
      return "the folder cannot be read";
    }
  }

  private static Loaded failed(Diagnostic diagnostic) {
    return new Loaded(diagnostic.primary().file(), List.of(diagnostic));
  }
}
