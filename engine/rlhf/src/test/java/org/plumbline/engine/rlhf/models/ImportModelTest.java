// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.ScalarHead;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

class ImportModelTest {

  @TempDir private Path folder;
  private Path model = Path.of("");

  @BeforeEach
  void aFolder() {
    model = TinyWorld.untrained(folder.resolve("made"), 3).folder();
  }

  @Test
  void theFilesOfTheModelComeIntoTheStoreAndNothingElse() throws IOException {
    Files.writeString(model.resolve("README.md"), "a card");

    Artifact imported = run(null);

    assertThat(imported.file("model.safetensors"))
        .hasSameBinaryContentAs(model.resolve("model.safetensors"));
    assertThat(imported.file("README.md")).doesNotExist();
    assertThat(imported.file("summary.json")).content().contains("\"architecture\" : \"gpt2\"");
  }

  /** As download caches lay it out: a link to a folder of links to files under other names. */
  @Test
  void aFolderOfLinksIsImportedAsWhatTheyLeadTo() throws IOException {
    Artifact plain = run(null);
    Path cache = Files.createDirectories(folder.resolve("cache/blobs"));
    Path snapshot = Files.createDirectories(folder.resolve("cache/snapshots/5d0f"));
    for (String name : names(model)) {
      Path blob = Path.of("blob-of-" + name);
      Files.move(model.resolve(name), cache.resolve(blob));
      Files.createSymbolicLink(snapshot.resolve(name), Path.of("../../blobs").resolve(blob));
    }
    model = Files.createSymbolicLink(folder.resolve("link"), snapshot);

    Artifact linked = run(null);

    assertThat(linked.digest()).isEqualTo(plain.digest());
    assertThat(linked.file("model.safetensors")).isRegularFile();
    assertThat(Files.isSymbolicLink(linked.file("model.safetensors"))).isFalse();
  }

  @Test
  void chatTemplatesWithNamesComeAlong() throws IOException {
    Path templates = Files.createDirectory(model.resolve("additional_chat_templates"));
    Files.writeString(templates.resolve("tool_use.jinja"), "{{ tools }}");
    Files.writeString(templates.resolve(".hidden.jinja"), "{{ nothing }}");
    Files.writeString(templates.resolve("notes.txt"), "nothing");

    Artifact imported = run(null);

    assertThat(imported.file("additional_chat_templates/tool_use.jinja")).hasContent("{{ tools }}");
    assertThat(names(imported.file("additional_chat_templates"))).containsExactly("tool_use.jinja");
  }

  @Test
  void aShorterContextIsKeptToAndLeftOutOfExports() throws IOException {
    Artifact imported = run(16);
    Path exported = Files.createDirectory(folder.resolve("exported"));

    try (LanguageModel opened = Models.load(imported);
        LanguageModel copied = opened.copy().withHead(ScalarHead.VALUE, 0.1, 1)) {
      assertThat(opened.config().contextLength()).isEqualTo(16);
      assertThat(copied.config().contextLength()).isEqualTo(16);
      copied.export(exported, copied.storedType());
    }

    try (LanguageModel original = LanguageModel.load(model);
        LanguageModel again = LanguageModel.load(exported)) {
      assertThat(again.config()).isEqualTo(original.config());
      assertThat(again.has(ScalarHead.VALUE)).isFalse();
    }
  }

  @Test
  void aContextBeyondTheModelsIsRefused() {
    assertThatThrownBy(() -> run(4096))
        .isInstanceOf(StageFailure.class)
        .hasMessageContaining("`context` is 4096, but the model reads 32 tokens at most");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(model.resolve("model.safetensors"));

    assertThatThrownBy(() -> run(null))
        .isInstanceOf(StageFailure.class)
        .hasMessageContaining("model.safetensors");
  }

  @Test
  void aModelWithoutTokenizerIsRefused() throws IOException {
    Files.delete(model.resolve("tokenizer.json"));

    assertThatThrownBy(() -> run(null)).hasMessageContaining("there is no `tokenizer.json`");
  }

  @Test
  void anUnknownArchitectureIsRefusedWithThoseThatAreKnown() throws IOException {
    Path config = model.resolve("config.json");
    Files.writeString(config, Files.readString(config).replace("\"gpt2\"", "\"bloom\""));

    assertThatThrownBy(() -> run(null))
        .isInstanceOf(StageFailure.class)
        .hasMessageContaining("unknown architecture `bloom`; known architectures: ");
  }

  @Test
  void tensorsThatDoNotFitTheConfigurationAreNamed() throws IOException {
    Path config = model.resolve("config.json");
    String text = Files.readString(config);
    Files.writeString(config, text.replaceFirst("\"n_layer\" : \\d+", "\"n_layer\" : 3"));

    assertThatThrownBy(() -> run(null))
        .isInstanceOf(StageFailure.class)
        .hasMessageContaining("missing `transformer.h.1.attn.c_attn.weight` [16, 48]")
        .hasMessageEndingWith("and 18 more");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  private Artifact run(@Nullable Integer context) {
    ModelSpec.HuggingFace settings = new ModelSpec.HuggingFace("made", null, context, null);
    return FolderContext.in(folder.resolve("run-" + model.getFileName()), settings, 0)
        .file("directory", model)
        .run(new ImportModel());
  }
}
