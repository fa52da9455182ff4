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
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.store.disk.Disk;
import org.plumbline.engine.store.disk.MisplacedFile;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.disk.StoreLayout;
import org.plumbline.engine.store.record.StoreJson;

/**
 * The answers to one node in files beside its checkpoints, one JSON object a line, and a file for
 * each holder of the node. What a later holder was told counts, for it has worked with that; of
 * what one holder was told, the first.
 *
 * <p>Every line begins with a line break: so a line that a process died in the middle of is left
 * behind by the next, and is skipped when the file is read.
 */
final class AnswerLog implements KeptAnswers {
  private static final Pattern NAME = Pattern.compile("answers(?:-(\\d{1,18}))?\\.jsonl");

  private final Path folder;
  private final Path file;
  private final StoreLayout ground;
  private final Disk disk;
  private final Asker asker;
  private final Map<String, String> answers = new HashMap<>();
  private final Object device = new Object();
  private long written;
  private long synced;

  private AnswerLog(Path folder, StoreLayout ground, Asker asker) {
    this.folder = folder;
    this.file = folder.resolve(fileName(asker.token()));
    this.ground = ground;
    this.disk = ground.disk();
    this.asker = asker;
  }

  /** The file of a holder; that of older versions is of holder 0. */
  static String fileName(long token) {
    return token == 0 ? "answers.jsonl" : "answers-" + token + ".jsonl";
  }

  /** The holders that have left answers in a folder, in the order of their turns. */
  static SortedSet<Long> tokens(Path folder) throws IOException {
    SortedSet<Long> tokens = new TreeSet<>();
    for (Path each : StagingArea.list(folder)) {
      Matcher matcher = NAME.matcher(String.valueOf(each.getFileName()));
      if (matcher.matches()) {
        tokens.add(matcher.group(1) == null ? 0 : Long.parseLong(matcher.group(1)));
      }
    }
    return tokens;
  }

  /**
   * Reads what is kept.
   *
   * @param folder that the files are in
   * @throws IOException if something else than a file of answers is there
   */
  static AnswerLog open(Path folder, StoreLayout ground, Asker asker) throws IOException {
    AnswerLog log = new AnswerLog(folder, ground, asker);
    for (long token : tokens(folder)) {
      Path file = folder.resolve(fileName(token));
      if (MisplacedFile.isFile(file)) {
        log.answers.putAll(read(file, asker.counts()));
      }
    }
    return log;
  }

  private static Map<String, String> read(Path file, Predicate<String> counts) throws IOException {
    Map<String, String> answers = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            // Bytes that are no text are replaced, and so make no line of answers.
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        AnswerLine.parse(text)
            .filter(line -> counts.test(line.run()))
            .ifPresent(line -> answers.putIfAbsent(line.question(), line.answer()));
      }
    }
    return answers;
  }

  @Override
  public synchronized Optional<String> find(String question) {
    return Optional.ofNullable(answers.get(Sha256.of(question)));
  }

  @Override
  public void keep(String question, String answer) throws IOException {
    String digest = Sha256.of(question);
    byte[] line =
        ("\n"
                + new String(
                    StoreJson.line(new AnswerLine(digest, answer, asker.run())),
                    StandardCharsets.UTF_8))
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
