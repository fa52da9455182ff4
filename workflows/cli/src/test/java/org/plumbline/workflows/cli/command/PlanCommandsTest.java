// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.workflows.cli.Said;
import org.plumbline.workflows.cli.TinySpec;

/** Plans, kept plans and the reasons in them; nothing is run. */
class PlanCommandsTest {

  @TempDir Path folder;

  @BeforeEach
  void writeSpec() throws IOException {
    TinySpec.write(folder);
  }

  private void edit(String from, String to) throws IOException {
    Path spec = folder.resolve(TinySpec.NAME);
    String text = Files.readString(spec);
    assertThat(text).contains(from);
    Files.writeString(spec, text.replace(from, to));
  }

  @Test
  void aPlanSaysWhatItsNodesCost() {
    Said said = Said.by(folder, "plan", TinySpec.NAME);

    assertThat(said.out()).contains("tiny   11 nodes", "300 labels", "never ran");
    assertThat(said.out()).contains("Plan: 0 reused, 11 to run: 300 labels, 160 steps.");
  }

  @Test
  void aPlanCountsNoMoreLabelsThanABudgetPaysForAndWhatATrialAsks() throws IOException {
    edit(
        "crowd: { values: kind, groups: { people: { count: 3, rationality: 3 } } }",
        "crowd: { values: kind, cost: 2, groups: { people: { count: 3, rationality: 3 } },"
            + " hiring: { people: 2, questions: 10 } }");
    edit("evaluators: crowd,", "evaluators: crowd, budget: 100,");

    // 30 labels on trial cost 60, and what is left pays for 20.
    assertThat(labels("prefs")).isEqualTo(50);
  }

  @Test
  void aPlanCountsWhatARewardAsksOfTheAnswersThatAPolicyLearnsFrom() throws IOException {
    edit(
        "crowd: { values: kind,",
        "ai: { cost: 0.1, judge: { model: follower, principles: { kind: Be kind. } } }\n"
            + "  crowd: { values: kind, cost: 1,");
    edit("models:\n", "models:\n  follower: { rules: { values: kind } }\n");
    String reward = rewardOf("rm");
    edit(reward, "rm: { ai_judge: { judge: ai, ask: compare, against: base } }\n");
    long answers = labels("ppo") / 2;
    assertThat(answers).isPositive();

    edit(
        "rm: { ai_judge: { judge: ai, ask: compare, against: base } }",
        "rm: { ai_judge: { judge: ai } }");
    assertThat(labels("ppo")).isEqualTo(answers);
    edit("rm: { ai_judge: { judge: ai } }", "rm: { direct_oversight: { evaluators: crowd } }");
    assertThat(labels("ppo")).isEqualTo(answers);
    edit("evaluators: crowd } }\n", "evaluators: crowd, budget: 19 } }\n");
    assertThat(labels("ppo")).isEqualTo(8); // 1.5 for each of the 8 answers of one update
    edit(
        "rm: { direct_oversight: { evaluators: crowd, budget: 19 } }",
        "rm: { ai_judge: { judge: ai, budget: 1.7 } }");
    assertThat(labels("ppo")).isEqualTo(16); // 0.1 for each of two updates
  }

  private String rewardOf(String name) throws IOException {
    return Files.readString(folder.resolve(TinySpec.NAME))
        .lines()
        .filter(line -> line.strip().startsWith(name + ":"))
        .findFirst()
        .orElseThrow()
        .strip();
  }

  private long labels(String name) throws IOException {
    JsonNode plan = Said.by(folder, "plan", "--format", "json", TinySpec.NAME).json();
    for (JsonNode node : plan.path("nodes")) {
      if (node.path("name").asText().equals(name)) {
        return node.path("labels").asLong();
      }
    }
    throw new AssertionError(name + " in " + plan);
  }

  @Test
  void aPlanForProgramsHasTheCostToo() throws IOException {
    JsonNode plan = Said.by(folder, "plan", "--format", "json", TinySpec.NAME).json();

    assertThat(plan.path("nodes")).hasSize(11);
    assertThat(plan.path("toRun").path("labels").asInt()).isEqualTo(300);
    assertThat(plan.path("toRun").path("secondsBefore").isNull()).isTrue();
  }

  @Test
  void aPlanSaysHowMuchMemoryItsTrainingsNeed() throws IOException {
    Said said = Said.by(folder, "plan", TinySpec.NAME);
    JsonNode nodes =
        Said.by(folder, "plan", "--format", "json", TinySpec.NAME).json().path("nodes");

    assertThat(said.out()).containsPattern("Memory at the peak, estimated: .*ppo 0\\.1 GB");
    assertThat(said.err()).doesNotContain("PLB0903");
    for (JsonNode node : nodes) {
      boolean trained = node.path("steps").asInt() > 0;
      assertThat(node.path("memory").isNumber()).as(node.toString()).isEqualTo(trained);
    }
  }

  @Test
  void evaluationPromptsThatNothingUpstreamReadsAreSaidToBeUnseen() {
    Said check = Said.by(folder, "check", TinySpec.NAME);
    Said plan = Said.by(folder, "plan", TinySpec.NAME);

    for (Said said : List.of(check, plan)) {
      assertThat(said.out())
          .contains(
              "None of 8 evaluation prompts (prompts.held_out) seen in training or feedback.");
      assertThat(said.err()).doesNotContain("PLB0520");
    }
  }

  @Test
  void comparingOnPromptsOfTrainingIsWarnedOfWithTheirNumber() throws IOException {
    edit("prompts: prompts.held_out", "prompts: prompts");

    for (String command : List.of("check", "plan")) {
      Said said = Said.by(folder, command, TinySpec.NAME);

      assertThat(said.code()).isZero();
      assertThat(said.out() + said.err())
          .contains("warning[PLB0520]: 32 of 32 evaluation prompts (prompts")
          .contains("seen in training or feedback: 32 in prompts")
          .contains("compare on prompts that stand nowhere upstream");
    }
    JsonNode seen =
        Said.by(folder, "plan", "--format", "json", TinySpec.NAME).json().path("seen_prompts");
    assertThat(seen.path("seen").asInt()).isEqualTo(32);
    assertThat(seen.path("by").path("prompts").asInt()).isEqualTo(32);
  }

  @Test
  void promptsAreComparedByTheirTextAcrossDataSetsAndInTheCorpus() throws IOException {
    Files.writeString(
        folder.resolve("test.jsonl"),
        """
        {"prompt": "is it in the corpus?"}
        {"prompt": "is it in demos?"}
        {"prompt": "is it in the corp"}
        {"prompt": "is it new?"}
        {"prompt": "is it new?"}
        """);
    Files.writeString(
        folder.resolve("corpus.txt"),
        "user: is it in the corpus? yes\n",
        StandardOpenOption.APPEND);
    Files.writeString(
        folder.resolve("demos.jsonl"),
        "{\"prompt\": \"is it in demos?\", \"completion\": \"yes\"}\n",
        StandardOpenOption.APPEND);
    edit("  demos:", "  test: { jsonl: test.jsonl }\n  demos:");
    edit("prompts: prompts.held_out", "prompts: test");

    Said check = Said.by(folder, "check", TinySpec.NAME);
    Said said = Said.by(folder, "plan", TinySpec.NAME);

    assertThat(check.out() + check.err())
        .contains("2 of 5 evaluation prompts (test, 4 different)", "1 in corpus.txt, 1 in demos");
    assertThat(said.out())
        .contains(
            "2 of 5 evaluation prompts (test, 4 different) seen in training or feedback: 1 in"
                + " corpus.txt, 1 in demos.");
  }

  @Test
  void aTrainingThatDoesNotFitTheMachineIsWarnedOf() {
    String huge = "policies.dpo.dpo.batch_size=100000000";

    Said said = Said.by(folder, "plan", "-D", huge, TinySpec.NAME);

    assertThat(said.code()).isZero();
    assertThat(said.err())
        .contains("warning[PLB0903]: `dpo` needs about", "but this machine has")
        .doesNotContain("`ppo` needs");
    assertThat(Said.by(folder, "plan", "-D", huge, "--device=cuda:0", TinySpec.NAME).err())
        .doesNotContain("PLB0903");
    String parts = "policies.dpo.dpo.training.micro_batch=8";
    assertThat(Said.by(folder, "plan", "-D", huge, "-D", parts, TinySpec.NAME).err())
        .doesNotContain("PLB0903");
  }

  @Test
  void whatCannotRunYetIsCheckedInSilencePlannedWithANoteAndNotRun() throws IOException {
    edit(
        "  crowd: { values", "  staff: { annotators: { instructions: Look. } }\n  crowd: { values");

    Said check = Said.by(folder, "check", TinySpec.NAME);
    Said plan = Said.by(folder, "plan", TinySpec.NAME);
    Said run = Said.by(folder, "run", TinySpec.NAME);

    assertThat(check.code()).isZero();
    assertThat(check.err()).doesNotContain("PLB0905");
    assertThat(plan.code()).isZero();
    assertThat(plan.err())
        .contains("note[PLB0905]: `evaluators.staff.annotators` is not available yet");
    assertThat(plan.out()).contains("Plan: 0 reused, 11 to run");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("error[PLB0905]: `evaluators.staff.annotators`", TinySpec.NAME + ":");
    assertThat(folder.resolve(".plumb")).doesNotExist();
  }

  @Test
  void aKeptPlanHoldsWhileOnlyACommentChanges() throws IOException {
    Said.by(folder, "plan", TinySpec.NAME, "-o", "plan.json");
    edit("plumb: v1", "# nothing\nplumb: v1");

    SavedPlan saved = SavedPlan.read(folder.resolve("plan.json"));
    JsonNode now = Said.by(folder, "plan", "--format", "json", TinySpec.NAME).json();

    assertThat(saved.plan().nodes().get(0).key())
        .isEqualTo(now.path("nodes").get(0).path("key").asText());
    assertThat(saved.changes(saved.plan())).isEmpty();
  }

  @Test
  void aStalePlanIsNotRunAndWhatChangedIsSaid() throws IOException {
    Said.by(folder, "plan", TinySpec.NAME, "-o", "plan.json");
    edit("updates: 30", "updates: 31");
    Files.writeString(
        folder.resolve("prompts.jsonl"), "{\"prompt\": \"new\"}\n", StandardOpenOption.APPEND);

    Said said = Said.by(folder, "run", "plan.json");

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .contains(
            "error: the plan is stale: ",
            "prompts: prompts.jsonl changed (",
            "ppo: updates 30 → 31",
            "plan again: plumb plan");
    assertThat(folder.resolve(".plumb")).doesNotExist();
  }

  @Test
  void aPlanIsRunAsItIs() throws IOException {
    Said.by(folder, "plan", TinySpec.NAME, "-o", "plan.json");

    Said changed = Said.by(folder, "run", "plan.json", "-D", "seeds=[2]");
    Path plan = folder.resolve("plan.json");
    Files.writeString(
        plan, Files.readString(plan).replace("\"device\":\"cpu\"", "\"device\":\"cuda:0\""));
    Said other = Said.by(folder, "run", "plan.json");

    assertThat(changed.code()).isEqualTo(2);
    assertThat(changed.err()).contains("a plan is run as it is, and `-D` would change it");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("the plan was made for another device: cuda:0");
  }

  @Test
  void aFileThatIsNoPlanIsRefused() throws IOException {
    Files.writeString(folder.resolve("x.json"), "{\"a\": 1}");

    Said said = Said.by(folder, "run", "x.json");

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("is not a plan");
  }

  @Test
  void aNodeThatNeverRanWillRunForThatReason() {
    Said said = Said.by(folder, "why", TinySpec.NAME + ":dpo");

    assertThat(said.out()).startsWith("`dpo` (dpo, seed 1) will run.\n").contains("1. never ran");
    assertThat(said.code()).isZero();
  }

  @Test
  void aNodeThatIsNotThereIsMistakenForANearOne() {
    Said said = Said.by(folder, "why", TinySpec.NAME + ":pp0");
    Said none = Said.by(folder, "why", TinySpec.NAME);

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("has no node `pp0`", "did you mean `ppo`?");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("names no node");
  }
}
