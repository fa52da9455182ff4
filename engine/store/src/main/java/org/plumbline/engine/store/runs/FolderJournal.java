// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.runs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plumbline.engine.store.disk.MisplacedFile;
import org.plumbline.engine.store.disk.StoreFile;
import org.plumbline.engine.store.disk.StoreLayout;
import org.plumbline.engine.store.record.StoreJson;
import org.plumbline.engine.store.record.Timestamps;

/** Lines of a file that is added to. */
final class FolderJournal implements Journal {
  private final StoreLayout ground;
  private final Path file;

  FolderJournal(StoreLayout ground, Path file) {
    this.ground = ground;
    this.file = file;
  }

  @Override
  public void append(byte[] line) throws IOException {
    ground.disk().append(file, line);
  }

  @Override
  public List<String> lines() throws IOException {
    return after(0).lines();
  }

  /** A process may have died in the middle of a line. */
  @Override
  public Tail after(int seen) throws IOException {
    List<String> lines = new ArrayList<>();
    int count = 0;
    if (!MisplacedFile.isFile(file)) {
      return new Tail(lines, 0);
    }
    String text = new String(StoreFile.read(file), StandardCharsets.UTF_8);
    for (int at = 0, end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      String line = text.substring(at, end);
      at = end + 1;
      count++;
      if (count <= seen) {
        continue;
      }
      if (StoreJson.isObject(line)) {
        lines.add(line);
      } else if (!line.startsWith("{")) {
        // Not the beginning of a line that a process died in.
        ground.problem(RunFolder.passedOver(ground.shown(file)));
      }
    }
    return new Tail(lines, count);
  }

  @Override
  public Optional<String> lastTime() throws IOException {
    return Files.isRegularFile(file)
        ? Optional.of(Timestamps.text(Files.getLastModifiedTime(file)))
        : Optional.empty();
  }

  @Override
  public void mend() throws IOException {
    if (!StoreFile.endsWithNewline(file)) {
      ground.disk().append(file, new byte[] {'\n'});
    }
  }
}
