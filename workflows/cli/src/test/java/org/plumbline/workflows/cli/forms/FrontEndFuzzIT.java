// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.dsl.spec.render.Colour;
import org.plumbline.dsl.spec.render.DiagnosticFormat;
import org.plumbline.dsl.spec.render.Renderer;

/**
 * Damages all examples in all forms: always an experiment or diagnostics with places, never an
 * exception or a hang. And edits them as people do by mistake: whatever is not refused changes the
 * experiment. {@code -Dfuzz=10000} does so many of each form, {@code -Dfuzz.yaml=10000} of one.
 */
class FrontEndFuzzIT {

  // A compiler of Kotlin on a machine that does other things, too, takes a while.
  private static final Duration LONGEST = Duration.ofMinutes(3);

  /** About the spec as a whole: these have no line. */
  private static final Set<String> WHOLE = Set.of("PLB0008", "PLB0218", "PLB0403");

  @ParameterizedTest
  @CsvSource({"yaml, 300", "groovy, 60", "kts, 4"})
  void damageIsToldWithItsPlace(String form, int few) throws Exception {
    List<String> texts = texts(form);
    int cases = Integer.getInteger("fuzz." + form, Integer.getInteger("fuzz", few));
    for (int seed = 0; seed < cases; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      String text = texts.get(seed % texts.size());
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        text = Damage.to(text, random);
      }
      check(form + " " + seed, read("fuzz.plumb." + form, text, seed));
    }
  }

  @ParameterizedTest
  @CsvSource({"yaml, 100", "groovy, 20", "kts, 2"})
  void whatChangesNothingIsTold(String form, int few) throws Exception {
    List<String> texts = texts(form);
    List<String> donors = new ArrayList<>(texts);
    donors.add(Files.readString(Path.of("../../examples/vocabulary/everything.plumb." + form)));
    EditWords words = form.equals("yaml") ? EditWords.YAML : EditWords.SCRIPT;
    HumanEdits edits = new HumanEdits(words, donors);
    int cases = Integer.getInteger("fuzz." + form, Integer.getInteger("fuzz", few));
    Map<String, SpecResult> right = new HashMap<>();
    List<String> found = new ArrayList<>();
    for (int seed = 0; seed < cases; seed++) {
      String text = texts.get(seed % texts.size());
      SpecResult before = right.get(text);
      if (before == null) {
        before = read("fuzz.plumb." + form, text, seed);
        right.put(text, before);
      }
      assertThat(before.diagnostics()).isEmpty();
      HumanEdit edit = edits.make(text, new SplittableRandom(seed));
      SpecResult after = read("fuzz.plumb." + form, edit.text(), seed);
      boolean told = !after.diagnostics().isEmpty();
      if (!told
          && meaning(before).equals(meaning(after))
          && Harmless.of(form, before, after).isEmpty()) {
        found.add(
            "%s %d: %s, line %d: %s"
                .formatted(form, seed, edit.kind(), edit.line(), line(edit.text(), edit.line())));
      }
    }
    assertThat(found).as("edits that pass and change nothing").isEmpty();
  }

  private static String line(String text, int line) {
    return text.lines().skip(line - 1).findFirst().orElse("").strip();
  }

  /** The experiment and all its recipes; equal ones are planned alike. */
  private static List<String> meaning(SpecResult result) {
    List<String> meaning = new ArrayList<>();
    meaning.add(Specs.canonicalJson(result.experiment().orElseThrow()));
    result
        .recipes()
        .forEach(one -> meaning.add(one.name() + Specs.canonicalJson(one.experiment())));
    return meaning;
  }

  private static SpecResult read(String name, String text, int seed) throws InterruptedException {
    FutureTask<SpecResult> task = new FutureTask<>(() -> Specs.readText(name, text, List.of()));
    Thread thread = new Thread(task, "fuzz");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return fail("seed " + seed + " of " + name + "\n" + text, e.getCause());
    } catch (TimeoutException e) {
      return fail("seed " + seed + " of " + name + " hangs\n" + text, e);
    }
  }

  private static void check(String seed, SpecResult result) {
    boolean failed = false;
    for (Diagnostic diagnostic : result.diagnostics()) {
      failed |= diagnostic.isError();
      assertThat(diagnostic.primary().file()).as(seed).isEqualTo(result.file());
      if (!WHOLE.contains(diagnostic.code().name())) {
        assertThat(diagnostic.primary().wholeFile()).as("%s: %s", seed, diagnostic).isFalse();
      }
      assertThat(diagnostic.message()).as(seed).doesNotContain("org.plumbline", "org.codehaus");
    }
    assertThat(result.experiment().isEmpty()).as(seed).isEqualTo(failed);
    for (DiagnosticFormat format : DiagnosticFormat.values()) {
      assertThat(Renderer.render(result.diagnostics(), format, Colour.ON)).isNotNull();
    }
  }

  /** All examples in a form; the beginnings that init writes have one text for both scripts. */
  private static List<String> texts(String form) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Path yaml : FormParity.examples()) {
      String same = form.equals("yaml") ? "yaml" : "groovy";
      texts.add(Files.readString(Path.of(yaml.toString().replaceFirst("yaml$", same))));
    }
    return texts;
  }
}
