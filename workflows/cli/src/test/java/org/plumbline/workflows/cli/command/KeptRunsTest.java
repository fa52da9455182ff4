// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.store.record.Provenance;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.workflows.cli.console.Refusal;

class KeptRunsTest {
  private static final List<RunRecord> RUNS =
      List.of(
          run("7a10", "quick", 1),
          run("300d", "quick-start", 30),
          run("7b00", "other", 60),
          run("1234", "other", 24 * 40));

  private static RunRecord run(String id, String experiment, int hours) {
    String time = Instant.now().minus(Duration.ofHours(hours)).toString();
    return new RunRecord(
        id,
        experiment,
        RunStatus.FINISHED,
        new RunRecord.Spec("x", "x", "x"),
        Map.of(),
        Map.of(),
        List.of(1L),
        Provenance.here("0", Map.of()),
        "/",
        List.of(new RunRecord.Session(time, time, 1, "host", true)),
        null,
        null,
        null);
  }

  private static List<String> kept(String... texts) {
    return new KeptRuns(List.of(texts)).of(RUNS).stream().map(RunRecord::id).toList();
  }

  private static Refusal refused(String text) {
    return catchThrowableOfType(Refusal.class, () -> kept(text));
  }

  @Test
  void withoutATextAllAreKept() {
    assertThat(kept()).hasSize(4);
  }

  @Test
  void numbersAgesAndNamesChoose() {
    assertThat(kept("2")).containsExactly("7a10", "300d");
    assertThat(kept("0")).isEmpty();
    assertThat(kept("999")).hasSize(4);
    assertThat(kept("2d")).containsExactly("7a10", "300d");
    assertThat(kept("61h")).containsExactly("7a10", "300d", "7b00");
    assertThat(kept("8w")).hasSize(4);
    assertThat(kept("latest")).containsExactly("7a10");
    assertThat(kept("other")).containsExactly("7b00", "1234");
    assertThat(kept("quick")).containsExactly("7a10");
    assertThat(kept("quick*")).containsExactly("7a10", "300d");
    assertThat(kept("7")).hasSize(4); // a number of runs, not the beginning of a name
    assertThat(kept("7a")).containsExactly("7a10");
    assertThat(kept("1234")).containsExactly("1234");
    assertThat(kept("7?10", "1234")).containsExactly("7a10", "1234");
    assertThat(kept("300?")).containsExactly("300d");
  }

  @Test
  void whatNamesNoRunIsAMistake() {
    assertThat(refused("qiuck")).hasMessageContaining("`--keep qiuck` names no run");
    assertThat(refused("qiuck").help().get(0)).contains("did you mean `quick`?");
    assertThat(refused("")).hasMessageContaining("names no run");
    assertThat(refused("9999")).hasMessageContaining("names no run");
  }

  @Test
  void anAgeThatIsTheNameOfARunIsAMistake() {
    assertThat(refused("300d")).hasMessageContaining("is an age, and the name of a run, too");
    assertThat(refused("300d").help()).anyMatch(help -> help.contains("7200h"));
  }
}
