package org.plumbline.engine.rlhf.data;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.store.StageFailure;

/** What can be wrong with a data set, and what the user can do about it. */
final class DataFailure {
  private static final String NOTHING_SKIPPED =
      "mend or remove the row; rows are never skipped silently";

  private DataFailure() {}

  static StageFailure missing(String file) {
    return failure("PLB0504", "`" + file + "` cannot be read", "check the path in the spec");
  }

  static StageFailure brokenArchive(String file) {
    return failure(
        "PLB0505", "`" + file + "` is cut short or not a gzip file", "get the file once more");
  }

  static StageFailure empty(String file) {
    return failure("PLB0506", "`" + file + "` has no rows", "give at least one row");
  }

  static StageFailure malformed(Place place, String reason) {
    return failure("PLB0501", place + ": not valid JSON: " + reason, NOTHING_SKIPPED);
  }

  static StageFailure notAnObject(Place place, String found) {
    return failure(
        "PLB0501",
        place + ": a row must be a JSON object, but is " + found,
        "write rows as {\"prompt\": \"…\"}");
  }

  static StageFailure notUtf8(Place place) {
    return failure("PLB0507", place + ": not UTF-8 text", "convert the file to UTF-8");
  }

  static StageFailure missingColumn(Place place, String missing, Collection<String> found) {
    return failure(
        "PLB0502",
        place + ": row has no `" + missing + "` (found: " + listed(found) + ")",
        NOTHING_SKIPPED);
  }

  static StageFailure notText(Place place, String column, String kind) {
    String help =
        kind.equals("a list")
            ? "write conversations as one text; lists of messages are not read"
            : "write the value as a JSON string";
    return failure("PLB0511", place + ": `" + column + "` must be a text, but is " + kind, help);
  }

  static StageFailure halfCharacter(Place place, String column) {
    return failure(
        "PLB0507",
        place + ": `" + column + "` holds half of a surrogate pair, which is no character",
        "write the character as a whole");
  }

  static StageFailure emptyText(Place place, String column) {
    return failure("PLB0512", place + ": `" + column + "` is empty", NOTHING_SKIPPED);
  }

  static StageFailure mixedShapes(Place place, RowForm first, Collection<String> found) {
    return failure(
        "PLB0503",
        place
            + ": row has another shape than the first one ("
            + first.described()
            + "): it has "
            + listed(found),
        "keep rows of different shapes in different files");
  }

  static StageFailure tooLong(Place place, long limit) {
    return failure(
        "PLB0515",
        place + ": row is longer than " + limit / (1 << 20) + " MiB",
        "is this a file with one JSON object per line? a JSON array is read with `json:`");
  }

  static StageFailure unknownShape(Place place, Collection<String> found) {
    return failure(
        "PLB0513",
        place + ": no known shape of row: it has " + listed(found),
        "give `prompt`; `prompt` and `completion`; `prompt`, `chosen` and `rejected`; transcripts"
            + " `chosen` and `rejected`; or `text`");
  }

  static StageFailure unpaired(Place place) {
    return failure(
        "PLB0513",
        place + ": rows with `completion` and `label` are unpaired feedback, which is not read",
        "keep the rows whose label is true and leave `label` out, or give pairs");
  }

  static StageFailure noAssistant(Place place, String column) {
    return failure(
        "PLB0514",
        place + ": transcript `" + column + "` has no turn \"\\n\\nAssistant:\"",
        "give `prompt` as a column of its own if the answers are no transcripts");
  }

  static StageFailure nothingShared(Place place) {
    return failure(
        "PLB0514",
        place + ": the transcripts `chosen` and `rejected` share no prompt",
        "both must be equal up to a turn \"\\n\\nAssistant:\"");
  }

  static StageFailure holdOut(double wanted, long rows, String found) {
    return new StageFailure(
        "PLB0311",
        "`hold_out: " + number(wanted) + "` cannot be taken from " + rows + " rows: " + found,
        "hold_out",
        "set fewer rows aside");
  }

  static StageFailure wrongShape(String role, String need, RowShape have) {
    return new StageFailure(
        "PLB0516",
        "`" + role + "` needs rows with " + need + ", but the data set's are " + have.word() + "s",
        role,
        "name another data set");
  }

  static StageFailure emptyPart(String role, String part) {
    return new StageFailure(
        "PLB0506",
        "the part `" + part + "` of the data set has no rows",
        role,
        part.equals("held_out") ? "give the data set `hold_out`" : "give the data set more rows");
  }

  private static StageFailure failure(String code, String message, @Nullable String help) {
    return new StageFailure(code, message, null, help);
  }

  static String listed(Collection<String> names) {
    if (names.isEmpty()) {
      return "no columns";
    }
    List<String> shown = names.stream().limit(8).map(name -> "`" + name + "`").toList();
    String rest = names.size() > 8 ? " and " + (names.size() - 8) + " more" : "";
    return shown.stream().collect(Collectors.joining(", ")) + rest;
  }

  static String number(double value) {
    return value == StrictMath.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
