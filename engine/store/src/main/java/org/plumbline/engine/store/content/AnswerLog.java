// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.content;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.disk.MisplacedFile;
import org.plumbline.engine.store.disk.StoreLayout;
import org.plumbline.engine.store.record.StoreJson;

/**
 * The answers to one node in a file beside its checkpoints, one JSON object a line.
 *
 * <p>Every line begins with a line break: so a line that a process died in the middle of is left
 * behind by the next, and is skipped when the file is read.
 */
final class AnswerLog implements KeptAnswers {
  /** The name of the file. */
  static final String FILE = "answers.jsonl";

  private final Path folder;
  private final Path file;
  private final StoreLayout ground;
  private final Disk disk;
  private final String run;
  private final Map<String, String> answers = new HashMap<>();
  private final Object device = new Object();
  private long written;
  private long synced;

  /**
   * A line of the file.
   *
   * @param question its digest: all that it says would be written a second time
   */
  private record Line(@Nullable String question, @Nullable String answer, @Nullable String run) {}

  private AnswerLog(Path folder, StoreLayout ground, String run) {
    this.folder = folder;
    this.file = folder.resolve(FILE);
    this.ground = ground;
    this.disk = ground.disk();
    this.run = run;
  }

  /**
   * Reads what is kept.
   *
   * @param folder that the file is in
   * @param run that adds answers
   * @param counts whether the answers that a run was given count
   * @throws IOException if something else than a file of answers is there
   */
  static AnswerLog open(Path folder, StoreLayout ground, String run, Predicate<String> counts)
      throws IOException {
    AnswerLog log = new AnswerLog(folder, ground, run);
    if (MisplacedFile.isFile(log.file)) {
      log.read(counts);
    }
    return log;
  }

  private void read(Predicate<String> counts) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            // Bytes that are no text are replaced, and so make no line of answers.
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        Line line = parse(text);
        if (line != null && counts.test(line.run())) {
          answers.put(line.question(), line.answer());
        }
      }
    }
  }

  private static @Nullable Line parse(String text) {
    if (!StoreJson.isObject(text)) {
      return null;
    }
    try {
      Line line = StoreJson.read(text, Line.class);
      boolean whole = line.question() != null && line.answer() != null && line.run() != null;
      return whole ? line : null;
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public synchronized Optional<String> find(String question) {
    return Optional.ofNullable(answers.get(Sha256.of(question)));
  }

  @Override
  public void keep(String question, String answer) throws IOException {
    String digest = Sha256.of(question);
    byte[] line =
        ("\n" + new String(StoreJson.line(new Line(digest, answer, run)), StandardCharsets.UTF_8))
            .stripTrailing()
            .getBytes(StandardCharsets.UTF_8);
    long mine;
    synchronized (this) {
      answers.put(digest, answer);
      if (written == 0) {
        ground.createFolders(folder);
        uninterrupted(() -> disk.append(file, line));
        disk.syncFolder(folder);
      } else {
        uninterrupted(() -> disk.append(file, line));
      }
      mine = ++written;
    }
    // Whoever comes first forces the lines of all who wait to the device.
    synchronized (device) {
      if (synced < mine) {
        long upTo = upTo();
        uninterrupted(() -> disk.sync(file));
        synced = upTo;
      }
    }
  }

  private synchronized long upTo() {
    return written;
  }

  @FunctionalInterface
  private interface Change {
    void make() throws IOException;
  }

  /**
   * Makes a change also if this thread is interrupted meanwhile, which would close the file under
   * it: the answer is here, and paid for. A line that is written twice is read as one.
   */
  private static void uninterrupted(Change change) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          change.make();
          return;
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
