// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves the machine is said before it does, and what must not is refused. */
class OutsideTest {
  @TempDir private Path folder;

  @Test
  void aPlanSaysWhatIsSentWhereAndNamesTheVariableOfTheKey() throws IOException {
    JudgedSpec.write(folder, "http://127.0.0.1:9/v1", 16, "dpo", "cai");

    Said plan = Said.with(Map.of("JUDGE_KEY", "abcdefgh-1234"), folder, "plan", JudgedSpec.NAME);
    JsonNode sends =
        Said.by(folder, "plan", "--format", "json", JudgedSpec.NAME).json().path("sends");

    assertThat(plan.code()).isZero();
    assertThat(plan.out())
        .contains(
            "Sends prompts and answers of prefs, cai to http://127.0.0.1:9/v1/chat/completions"
                + " (model `some-model`, key from the variable JUDGE_KEY).")
        .doesNotContain("abcdefgh");
    assertThat(sends).hasSize(1);
    assertThat(sends.path(0).path("address").asText())
        .isEqualTo("http://127.0.0.1:9/v1/chat/completions");
    assertThat(sends.path(0).path("keyVariable").asText()).isEqualTo("JUDGE_KEY");
    assertThat(sends.path(0).path("nodes")).hasToString("[\"prefs\",\"cai\"]");
  }

  /** A reward that asks an endpoint sends what its readers have it score, and itself nothing. */
  @Test
  void whatAPolicyHasAJudgeScoreIsSaidToBeSent() throws IOException {
    JudgedSpec.write(folder, "http://127.0.0.1:9/v1", 16, "best");
    String text =
        Files.readString(folder.resolve(JudgedSpec.NAME))
            .replace("policies:\n", "rewards: { asked: { ai_judge: { judge: ai } } }\npolicies:\n")
            .replace(
                "  dpo: {", "  best: { best_of_n: { from: sft, reward: asked, n: 2 } }\n  dpo: {");
    Files.writeString(folder.resolve(JudgedSpec.NAME), text);

    JsonNode sends =
        Said.with(
                Map.of("JUDGE_KEY", "abcdefgh"),
                folder,
                "plan",
                JudgedSpec.NAME,
                "--format",
                "json")
            .json()
            .path("sends");

    assertThat(sends.path(0).path("nodes")).hasToString("[\"evaluate.sft\",\"evaluate.best\"]");
  }

  @Test
  void aPlanThatSendsNothingSaysNothing() throws IOException {
    TinySpec.write(folder);

    assertThat(Said.by(folder, "plan", TinySpec.NAME).out()).doesNotContain("Sends");
    assertThat(Said.by(folder, "plan", "--format", "json", TinySpec.NAME).json().path("sends"))
        .isEmpty();
  }

  @Test
  void aPasswordInAnAddressIsRefusedWhereverItComesFrom() throws IOException {
    JudgedSpec.write(folder, "http://127.0.0.1:9/v1", 16, "dpo");
    String override = "models.chat.endpoint.url=http://me:open-sesame@127.0.0.1:9/v1";

    for (String command : new String[] {"check", "plan", "run"}) {
      for (String format : new String[] {"human", "short", "json", "github"}) {
        Said said = Said.by(folder, command, JudgedSpec.NAME, "-D", override, "--format", format);

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out() + said.err()).contains("PLB0336").doesNotContain("sesame");
      }
    }
    assertThat(folder.resolve(".plumb")).doesNotExist();
  }

  @Test
  void anAddressWithoutEncryptionIsWarnedOf() throws IOException {
    JudgedSpec.write(folder, "http://models.example.com/v1", 16, "dpo");

    assertThat(Said.by(folder, "check", JudgedSpec.NAME).out())
        .contains("warning[PLB0337]: texts and key go to `models.example.com` unencrypted");
    assertThat(Said.by(folder, "plan", JudgedSpec.NAME).err()).contains("PLB0337");
  }

  @Test
  void aSpecThatHoldsTheKeyItselfIsNotPlanned() throws IOException {
    JudgedSpec.write(folder, "http://127.0.0.1:9/v1", 16, "dpo");
    Map<String, String> environment = Map.of("JUDGE_KEY", "open-sesame-1234");
    Files.writeString(
        folder.resolve(JudgedSpec.NAME), "# open-sesame-1234\n", StandardOpenOption.APPEND);

    for (String command : new String[] {"plan", "run"}) {
      for (String format : new String[] {"human", "json"}) {
        Said said = Said.with(environment, folder, command, JudgedSpec.NAME, "--format", format);

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out() + said.err()).contains("PLB0338").doesNotContain("sesame");
      }
    }
    assertThat(folder.resolve(".plumb")).doesNotExist();
  }

  @Test
  void aVariableOfBlanksHoldsNoKey() throws IOException {
    JudgedSpec.write(folder, "http://127.0.0.1:9/v1", 16, "dpo");

    Said said = Said.with(Map.of("JUDGE_KEY", " \n"), folder, "run", JudgedSpec.NAME);

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("error[PLB0907]", "holds no key: there are only blanks in it");
    assertThat(folder.resolve(".plumb")).doesNotExist();
  }

  @Test
  void aKeyThatIsNoneIsRefusedBeforeARunBegins() throws IOException {
    JudgedSpec.write(folder, "http://127.0.0.1:9/v1", 16, "dpo");

    Said said = Said.with(Map.of("JUDGE_KEY", "open\u00a0sesame"), folder, "run", JudgedSpec.NAME);

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .contains("error[PLB0907]", "variable `JUDGE_KEY` holds no key: character 5 of 11")
        .contains(JudgedSpec.NAME + ":6:")
        .doesNotContain("sesame");
    assertThat(folder.resolve(".plumb")).doesNotExist();
  }
}
