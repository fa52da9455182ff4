// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one attack on one prompt came to: a row of {@code attacks.jsonl}.
 *
 * @param attack how texts were looked for
 * @param index of the prompt
 * @param prompt as it was before anything was put behind it
 * @param tries texts that were tried
 * @param success the first of them whose answer was a success, counted from 1; null if none was
 * @param text the best of them
 * @param answer to the prompt with it
 * @param transfer the share of attacked prompts, at most 16 of them, behind which the best text
 *     succeeds with answers that it was not chosen by
 */
public record AttackRow(
    String attack,
    int index,
    String prompt,
    int tries,
    @Nullable Integer success,
    String text,
    String answer,
    double transfer) {
  private static final String FILE = "attacks.jsonl";

  // Written out: of a compact constructor's parameters other modules do not see what may be null.
  public AttackRow(
      String attack,
      int index,
      String prompt,
      int tries,
      @Nullable Integer success,
      String text,
      String answer,
      double transfer) {
    JsonRecords.present("attack", attack);
    JsonRecords.present("prompt", prompt);
    JsonRecords.present("text", text);
    JsonRecords.present("answer", answer);
    JsonRecords.finite("transfer", transfer);
    this.attack = attack;
    this.index = index;
    this.prompt = prompt;
    this.tries = tries;
    this.success = success;
    this.text = text;
    this.answer = answer;
    this.transfer = transfer;
  }

  /** Whether one of so many first tries succeeds. */
  public boolean succeeds(int within) {
    Integer at = success;
    return at != null && at <= within;
  }

  /** The rows of a folder; none if nothing was attacked. */
  public static List<AttackRow> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    return Files.exists(file) ? JsonRecords.readLines(file, AttackRow.class) : List.of();
  }

  /** Writes rows. */
  public static void write(Path folder, List<AttackRow> rows) throws IOException {
    JsonFiles.writeLines(folder.resolve(FILE), rows, JsonFiles::columns);
  }
}
