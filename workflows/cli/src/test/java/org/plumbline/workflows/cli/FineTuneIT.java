// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.workflows.cli.command.PlumbProcess;

/**
 * The way of a user with a checkpoint: a folder in Hugging Face's form is imported, tuned twice,
 * killed in between, exported, and says what the policy says.
 */
class FineTuneIT {

  private static final String SPEC =
      """
      plumb: v1
      name: tune
      seeds: [1]
      models: { base: { huggingface: { directory: checkpoint, context: 48, lora: { rank: 2, alpha: 4 } } } }
      data: { demos: { jsonl: demos.jsonl }, pairs: { jsonl: pairs.jsonl } }
      feedback: { prefs: { recorded: { data: pairs } } }
      policies:
        sft: { supervised: { from: base, data: demos, steps: 40, batch_size: 8, training: { micro_batch: 3, length_buckets: true, validation: { share: 0.2, every: 4, patience: 8 } } } }
        dpo: { dpo: { from: sft, feedback: prefs, steps: 10, batch_size: 8, training: { schedule: cosine, micro_batch: 4 } } }
      """;

  @TempDir private Path folder;

  @Test
  void aCheckpointIsTunedExportedAndSaysTheSame() throws Exception {
    checkpoint();
    Files.writeString(folder.resolve("tune.plumb.yaml"), SPEC);
    PlumbProcess killed = PlumbProcess.start(folder, "run", "tune.plumb.yaml", "--store", "killed");
    killed.awaitCheckpoint(folder.resolve("killed"), key("sft@1"), 6);
    killed.kill();

    ok("resume", "latest", "--store", "killed");
    ok("run", "tune.plumb.yaml", "--store", "whole");
    ok("export", "latest:dpo", "--store", "whole", "-o", "tuned");
    ok("export", "latest:dpo", "--store", "whole", "-o", "adapter", "--adapter");

    assertThat(artifact("killed")).isEqualTo(artifact("whole"));
    assertThat(folder.resolve("tuned/plumbline.json")).doesNotExist();
    assertThat(folder.resolve("tuned/provenance.json")).content().contains(artifact("whole"));
    assertThat(folder.resolve("adapter/adapter_model.safetensors")).exists();
    JsonNode exported = reply("tuned");
    JsonNode policy = reply(artifactFolder());
    JsonNode before = reply("checkpoint");
    assertThat(distance(exported, policy)).isLessThan(1e-4);
    assertThat(distance(exported, before)).isGreaterThan(1e-2);
  }

  @Test
  void theExampleOfAChatModelTeachesAnyFolder() throws Exception {
    checkpoint();
    String example =
        Path.of("../../examples/chat-model/chat-model.plumb.yaml").toAbsolutePath().toString();

    ok(
        Stream.concat(
                Stream.of("run", example, "--store", "chat"),
                Stream.of(
                        "models.base.huggingface.directory=" + folder.resolve("checkpoint"),
                        "models.base.huggingface.context=64",
                        "policies.sft.supervised.steps=2",
                        "policies.dpo.dpo.steps=2",
                        "rewards.rm.bradley_terry.steps=2",
                        "compare.max_new_tokens=4")
                    .flatMap(setting -> Stream.of("-D", setting)))
            .toArray(String[]::new));
    ok("export", "latest:dpo", "--store", "chat", "-o", "adapter", "--adapter");

    assertThat(folder.resolve("adapter/adapter_model.safetensors")).exists();
    assertThat(PlumbProcess.run(folder, "compare", "latest", "--store", "chat").out())
        .contains("dpo", "best-of-4");
  }

  @Test
  void aFolderThatIsExportedIntoIsNotOverwritten() throws Exception {
    checkpoint();

    PlumbProcess.Ended again =
        PlumbProcess.run(folder, "export", "latest:base", "--store", "made", "-o", "checkpoint");

    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("`checkpoint` is not empty, and nothing is overwritten");
  }

  @Test
  void aFolderThatCannotBeUsedIsAnErrorOfTheSpec() throws Exception {
    checkpoint();
    Files.writeString(folder.resolve("tune.plumb.yaml"), SPEC);
    Files.delete(folder.resolve("checkpoint/model.safetensors"));

    PlumbProcess.Ended checked = PlumbProcess.run(folder, "check", "tune.plumb.yaml");

    assertThat(checked.code()).isEqualTo(2);
    assertThat(checked.out()).contains("PLB0540").contains("model.safetensors");
  }

  /** A model that is trained from scratch here, exported as a folder in Hugging Face's form. */
  private void checkpoint() throws Exception {
    TinySpec.write(folder);
    Files.writeString(
        folder.resolve("made.plumb.yaml"),
        """
        plumb: v1
        name: made
        seeds: [1]
        models: { base: { pretrain: { preset: micro, corpus: corpus.txt, vocabulary: 280, steps: 20, batch_size: 4 } } }
        data: { demos: { jsonl: demos.jsonl } }
        policies: { sft: { supervised: { from: base, data: demos, steps: 1, batch_size: 4 } } }
        """);
    StringBuilder pairs = new StringBuilder();
    for (String line : Files.readAllLines(folder.resolve("demos.jsonl"))) {
      pairs
          .append(line.replace("\"completion\"", "\"chosen\"").replaceFirst("}$", ""))
          .append(", \"rejected\": \"no\"}\n");
    }
    Files.writeString(folder.resolve("pairs.jsonl"), pairs);
    ok("run", "made.plumb.yaml", "--store", "made");
    ok("export", "latest:base", "--store", "made", "-o", "checkpoint");
  }

  private void ok(String... command) throws IOException, InterruptedException {
    PlumbProcess.Ended ended = PlumbProcess.run(folder, command);
    assertThat(ended.code()).as(ended.err()).isZero();
  }

  private String key(String node) throws IOException, InterruptedException {
    JsonNode plan = PlumbProcess.run(folder, "plan", "tune.plumb.yaml", "--format", "json").json();
    for (JsonNode entry : plan.get("nodes")) {
      if (entry.get("id").asText().equals(node)) {
        return entry.get("key").asText();
      }
    }
    throw new AssertionError("no node " + node);
  }

  private String artifact(String store) throws IOException, InterruptedException {
    return PlumbProcess.run(folder, "show", "latest:dpo", "--store", store, "--format", "json")
        .json()
        .get("artifact")
        .asText();
  }

  private String artifactFolder() throws IOException, InterruptedException {
    String shown = PlumbProcess.run(folder, "show", "latest:dpo", "--store", "whole", "-v").err();
    return shown
        .lines()
        .filter(line -> line.startsWith("  in "))
        .map(line -> line.substring(5).strip())
        .findFirst()
        .orElseThrow(() -> new AssertionError(shown));
  }

  private JsonNode reply(String model) throws IOException, InterruptedException {
    return PlumbProcess.run(folder, "model", model, "--ids", "5,6,7,8,9", "--format", "json")
        .json()
        .get("logits");
  }

  private static double distance(JsonNode one, JsonNode other) {
    double most = 0;
    for (int row = 0; row < one.size(); row++) {
      for (int id = 0; id < one.get(row).size(); id++) {
        double gap = one.get(row).get(id).asDouble() - other.get(row).get(id).asDouble();
        most = Math.max(most, Math.abs(gap));
      }
    }
    return most;
  }
}
