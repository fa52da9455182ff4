// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plumbline.dsl.spec.bind.Suggest;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.workflows.cli.console.Refusal;

/**
 * Which runs {@code plumb gc --keep} names: so many of the newest, those that are younger than so
 * long, or those of this name, be it a run's or an experiment's. A run is kept if any of the texts
 * names it.
 */
final class KeptRuns {
  /** Names of runs have four digits at least, so that a number cannot be one. */
  private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");

  private static final Pattern AGE = Pattern.compile("(\\d{1,6})([hdw])");

  private final List<String> texts;

  /** Those that these texts name; all if there is no text. */
  KeptRuns(List<String> texts) {
    this.texts = List.copyOf(texts);
  }

  /** A length of time as in {@code 12h}, {@code 30d} or {@code 2w}. */
  static Optional<Duration> age(String text) {
    Matcher matcher = AGE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "h" -> Duration.ofHours(number);
          case "d" -> Duration.ofDays(number);
          default -> Duration.ofDays(7 * number);
        });
  }

  /**
   * Chooses.
   *
   * @param runs newest first
   * @throws Refusal if a text names none of them
   */
  List<RunRecord> of(List<RunRecord> runs) {
    if (texts.isEmpty()) {
      return runs;
    }
    Set<RunRecord> kept = new LinkedHashSet<>();
    for (String text : texts) {
      kept.addAll(named(text, runs));
    }
    return List.copyOf(kept);
  }

  private static List<RunRecord> named(String text, List<RunRecord> runs) {
    if (NUMBER.matcher(text).matches()) {
      return runs.subList(0, Math.min(Integer.parseInt(text), runs.size()));
    }
    Duration age = age(text).orElse(null);
    if (age == null) {
      return called(text, runs);
    }
    if (runs.stream().anyMatch(run -> run.id().equals(text))) {
      throw Refusal.mistake(
          "`--keep " + text + "` is an age, and the name of a run, too",
          "for the age, write it in hours: " + age.toHours() + "h",
          "for the run, write `" + text.substring(0, text.length() - 1) + "?`");
    }
    Instant since = Instant.now().minus(age);
    return runs.stream().filter(run -> last(run).isAfter(since)).toList();
  }

  /** When something last became of a run. */
  private static Instant last(RunRecord run) {
    String ended = run.ended();
    return ended == null ? Instant.now() : Instant.parse(ended);
  }

  private static List<RunRecord> called(String text, List<RunRecord> runs) {
    if (text.equals("latest") && !runs.isEmpty()) {
      return runs.subList(0, 1);
    }
    Pattern glob = glob(text);
    List<RunRecord> found =
        runs.stream()
            .filter(
                run -> glob.matcher(run.id()).matches() || glob.matcher(run.experiment()).matches())
            .toList();
    if (found.isEmpty()) {
      found = runs.stream().filter(run -> run.id().startsWith(text)).toList();
    }
    if (found.isEmpty() || text.isEmpty()) {
      Set<String> names = new LinkedHashSet<>();
      runs.forEach(run -> names.add(run.experiment()));
      runs.forEach(run -> names.add(run.id()));
      String help =
          Suggest.near(text, List.copyOf(names))
              .map(near -> "did you mean `" + near + "`?")
              .orElse("`plumb runs` lists runs and experiments");
      throw Refusal.mistake(
          "`--keep " + text + "` names no run; nothing is removed",
          help,
          "write a number of runs (5), an age (12h, 30d, 2w), `latest`, or the name of a run or"
              + " an experiment, with `*` and `?` for any signs");
    }
    return found;
  }

  private static Pattern glob(String text) {
    List<String> parts = new ArrayList<>();
    for (char sign : text.toCharArray()) {
      parts.add(sign == '*' ? ".*" : sign == '?' ? "." : Pattern.quote(String.valueOf(sign)));
    }
    return Pattern.compile(String.join("", parts));
  }
}
