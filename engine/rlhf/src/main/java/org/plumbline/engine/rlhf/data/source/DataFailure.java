// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.source;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.file.FileKind;
import org.plumbline.engine.run.StageFailure;

/** What can be wrong with a data set, and what the user can do about it. */
public final class DataFailure {
  private static final String NOTHING_SKIPPED =
      "mend or remove the row; rows are never skipped silently";

  private DataFailure() {}

  /** A file that is not there. */
  public static StageFailure missing(String file) {
    return failure("PLB0504", "`" + file + "` cannot be read", "check the path in the spec");
  }

  /** A name under which no file is. */
  public static StageFailure notAFile(String file, FileKind found) {
    if (found == FileKind.MISSING || found == FileKind.FORBIDDEN) {
      return missing(file);
    } else if (found.isBrokenLink()) {
      return failure("PLB0531", "`" + file + "` is " + found.noun(), "mend the link");
    }
    return failure(
        "PLB0530",
        "`" + file + "` is " + found.noun() + ", not a file",
        "only regular files are read: they can be read again when a run goes on");
  }

  /** A packed file that is damaged. */
  public static StageFailure brokenArchive(String file) {
    return failure(
        "PLB0505", "`" + file + "` is cut short or not a gzip file", "get the file once more");
  }

  /** A file of a form that is not read, or not here. */
  static StageFailure otherForm(String file, FileForm form) {
    return failure(
        "PLB0505",
        "`" + file + "` is " + form.words() + ", which is not read" + form.where(),
        form.advice());
  }

  /** A file without rows. */
  public static StageFailure empty(String file) {
    return failure("PLB0506", "`" + file + "` has no rows", "give at least one row");
  }

  /** A row that is not JSON. */
  public static StageFailure malformed(RowPlace place, String reason) {
    return failure("PLB0501", place + ": not valid JSON: " + reason, NOTHING_SKIPPED);
  }

  /** A row that is another value. */
  public static StageFailure notAnObject(RowPlace place, String found) {
    return failure(
        "PLB0501",
        place + ": a row must be a JSON object, but is " + found,
        "write rows as {\"prompt\": \"…\"}");
  }

  /** Bytes that are no text. */
  public static StageFailure notUtf8(RowPlace place) {
    return failure("PLB0507", place + ": not UTF-8 text", "convert the file to UTF-8");
  }

  /** A row without a column of its shape. */
  public static StageFailure missingColumn(
      RowPlace place, String missing, Collection<String> found) {
    return failure(
        "PLB0502",
        place + ": row has no `" + missing + "` (found: " + listed(found) + ")",
        NOTHING_SKIPPED);
  }

  /** A value that must be a text. */
  public static StageFailure notText(RowPlace place, String column, String kind) {
    return notKind(place, column, "a text", kind);
  }

  /** A value of another kind than its column must have. */
  public static StageFailure notKind(RowPlace place, String column, String need, String kind) {
    return failure(
        "PLB0511",
        place + ": " + named(column) + " must be " + need + ", but is " + kind,
        "all rows must have the same kinds of values; " + NOTHING_SKIPPED);
  }

  /** A value of the right kind that means nothing. */
  public static StageFailure badValue(RowPlace place, String column, String need, String found) {
    return failure(
        "PLB0519",
        place + ": " + named(column) + " must be " + need + ", but is " + found,
        NOTHING_SKIPPED);
  }

  /** Rows of a CSV file that is broken. */
  public static StageFailure malformedCsv(RowPlace place, String reason) {
    return failure(
        "PLB0501",
        place + ": not valid CSV: " + Character.toLowerCase(reason.charAt(0)) + reason.substring(1),
        "fields with separators, quotes or line ends stand in double quotes, and quotes in them are"
            + " doubled");
  }

  /** A row with more or fewer fields than the header. */
  public static StageFailure fields(RowPlace place, int found, Collection<String> header) {
    return failure(
        "PLB0501",
        place
            + ": not valid CSV: the row has "
            + found
            + (found == 1 ? " field" : " fields")
            + ", but the header has "
            + header.size()
            + ": "
            + listed(header),
        "fields with separators or line ends stand in double quotes");
  }

  /** A header that another separator would split. */
  public static StageFailure separator(RowPlace place, String header, char used, char likely) {
    return failure(
        "PLB0513",
        place + ": the header is one column `" + header.replace("\t", "\\t") + "`",
        "columns are separated by `"
            + shown(used)
            + "`; if the file's are by another character, say `separator: \""
            + shown(likely)
            + "\"`");
  }

  private static String shown(char separator) {
    return separator == '\t' ? "\\t" : String.valueOf(separator);
  }

  /** A Parquet file that cannot be read. */
  public static StageFailure brokenParquet(String place, String reason) {
    return failure(
        "PLB0505",
        "`" + place + "` cannot be read as Parquet: " + reason,
        "get the file once more; rows of JSON are read with `jsonl:`");
  }

  /** Columns that fit several shapes. */
  public static StageFailure ambiguous(
      RowPlace place, Collection<String> shapes, Collection<String> found) {
    return failure(
        "PLB0518",
        place
            + ": the row fits several shapes ("
            + String.join("; ", shapes)
            + "): it has "
            + listed(found),
        "name the columns that are meant, as in `columns: { completion: completion }`");
  }

  /** A message of a conversation that cannot be understood. */
  public static StageFailure badMessage(RowPlace place, String where, String reason) {
    return failure(
        "PLB0511",
        place + ": " + where + ": " + reason,
        "a message is {\"role\": \"user\", \"content\": \"…\"} with the role `system`, `developer`,"
            + " `user`, `assistant` or `tool`");
  }

  /** A conversation that does not have the turns that its use needs. */
  public static StageFailure badTurns(RowPlace place, String column, String reason) {
    return failure("PLB0514", place + ": " + named(column) + " " + reason, NOTHING_SKIPPED);
  }

  /** A message in which nobody says anything. */
  public static StageFailure emptyMessage(RowPlace place, String where) {
    return failure("PLB0512", place + ": " + where + " is empty", NOTHING_SKIPPED);
  }

  /** Messages that a Parquet file would change. */
  public static StageFailure notForParquet(String column, String reason) {
    return failure(
        "PLB0519",
        "`%s` cannot be written as Parquet without loss: %s; write JSON lines"
            .formatted(column, reason),
        null);
  }

  /** A column that would be something else when it is read again from CSV. */
  public static StageFailure notForCsv(String column, String reason) {
    return failure(
        "PLB0519",
        "`%s` would be read again from CSV as something else: %s".formatted(column, reason),
        "write JSON lines or Parquet");
  }

  /** A name in {@code columns:} that is no column of any shape. */
  public static StageFailure unknownName(String name, String help) {
    return new StageFailure(
        "PLB0304", "`" + name + "` is no column of any shape of rows", "columns", help);
  }

  /** A text with half of a character. */
  public static StageFailure halfCharacter(RowPlace place, String column) {
    return failure(
        "PLB0507",
        place + ": " + named(column) + " holds half of a surrogate pair, which is no character",
        "write the character as a whole");
  }

  /** A text that must say something. */
  public static StageFailure emptyText(RowPlace place, String column) {
    return failure("PLB0512", place + ": " + named(column) + " is empty", NOTHING_SKIPPED);
  }

  /** A row of another shape than the first. */
  public static StageFailure mixedShapes(RowPlace place, String first, Collection<String> found) {
    return failure(
        "PLB0503",
        place
            + ": row has another shape than the first one ("
            + first
            + "): it has "
            + listed(found),
        "keep rows of different shapes in different files");
  }

  /** A file that is read whole, and is larger than the memory. */
  public static StageFailure tooLarge(String file, long bytes, long memory) {
    return failure(
        "PLB0904",
        "`%s` has %d MiB and is read whole, but there are %d MiB of memory"
            .formatted(file, bytes >> 20, memory >> 20),
        "give less text, or more memory: PLUMB_JAVA_OPTS=-Xmx8g");
  }

  /** A row beyond the limit. */
  public static StageFailure tooLong(RowPlace place, long limit) {
    return failure(
        "PLB0515",
        place + ": row is longer than " + limit / (1 << 20) + " MiB",
        "if rows are not that long: a JSON array is read with `json:`, and in CSV a quote that is"
            + " not closed takes all that follows");
  }

  /** Columns that fit no shape. */
  public static StageFailure unknownShape(RowPlace place, Collection<String> found) {
    return failure(
        "PLB0513",
        place + ": no known shape of row: it has " + listed(found),
        "give `prompt`; `prompt` and `completion`; `prompt`, `chosen` and `rejected`; `messages`; or"
            + " `text`; or say with `columns:` what they are called in the file");
  }

  /** A transcript in which nobody answers. */
  public static StageFailure noAssistant(RowPlace place, String column) {
    return failure(
        "PLB0514",
        place + ": transcript `" + column + "` has no turn \"\\n\\nAssistant:\"",
        "give `prompt` as a column of its own if the answers are no transcripts");
  }

  /** Two transcripts of different dialogues. */
  public static StageFailure nothingShared(RowPlace place) {
    return failure(
        "PLB0514",
        place + ": the transcripts `chosen` and `rejected` share no prompt",
        "both must be equal up to a turn \"\\n\\nAssistant:\"");
  }

  /** More or fewer held-out rows than there can be. */
  public static StageFailure holdOut(double wanted, long rows, String found) {
    return new StageFailure(
        "PLB0311",
        "`hold_out: " + number(wanted) + "` cannot be taken from " + rows + " rows: " + found,
        "hold_out",
        "set fewer rows aside");
  }

  /** Two conversations, as lists of messages, that have no beginning in common. */
  public static StageFailure noSharedMessages(RowPlace place, String why) {
    return failure(
        "PLB0514",
        place + ": the conversations `chosen` and `rejected` share no prompt: " + why,
        "begin both with the messages that are answered, or give these as `prompt`");
  }

  /** Rows that do not fit their use. */
  public static StageFailure wrongShape(String role, String need, String have) {
    return new StageFailure(
        "PLB0516",
        "`" + role + "` needs rows with " + need + ", but the data set's are " + have + "s",
        role,
        "name another data set");
  }

  /** A part without rows. */
  public static StageFailure emptyPart(String role, String part) {
    return new StageFailure(
        "PLB0506",
        "the part `" + part + "` of the data set has no rows",
        role,
        part.equals("held_out") ? "give the data set `hold_out`" : "give the data set more rows");
  }

  /** What is meant, in backticks unless it is words that have some. */
  private static String named(String what) {
    return what.contains("`") ? what : "`" + what + "`";
  }

  private static StageFailure failure(String code, String message, @Nullable String help) {
    return new StageFailure(code, message, null, help);
  }

  /** Some names for a message. */
  public static String listed(Collection<String> names) {
    if (names.isEmpty()) {
      return "no columns";
    }
    List<String> shown = names.stream().limit(8).map(name -> "`" + name + "`").toList();
    String rest = names.size() > 8 ? " and " + (names.size() - 8) + " more" : "";
    return shown.stream().collect(Collectors.joining(", ")) + rest;
  }

  /** A number as a user would write it. */
  public static String number(double value) {
    return value == StrictMath.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
