// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.ChatTemplate;
import org.plumbline.engine.lm.Conversation;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.Message;
import org.plumbline.engine.lm.ModelReply;
import org.plumbline.engine.lm.ModelSummary;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.tensor.TorchRuntime;
import org.plumbline.engine.lm.tokenizer.Tokenizer;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.console.Json;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.page.Phrase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says what a model directory holds, or what its model says to given tokens. */
@Command(
    name = "model",
    description = {
      "Say what a model directory in Hugging Face's layout holds.",
      "With tokens or a text: the logits after each token, and the 16 likeliest next ones."
    })
final class ModelCommand implements Callable<Integer> {

  private static final int CONTINUATION = 16;

  @ParentCommand private @Nullable Plumb plumb;
  @Mixin private EngineOptions engine = new EngineOptions();

  @Parameters(paramLabel = "DIR", description = "a folder with config.json and weights")
  private @Nullable Path directory;

  @Option(names = "--ids", paramLabel = "1,2,3", split = ",", description = "token ids to read")
  private int @Nullable [] ids;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description = "what a person says; read through the chat template, if there is one")
  private @Nullable String prompt;

  @Option(names = "--system", paramLabel = "TEXT", description = "the system's message before it")
  private @Nullable String system;

  @Option(names = "--raw", description = "read the text as it is, without the chat template")
  private boolean raw;

  @Override
  public Integer call() {
    Plumb given = Injected.of(plumb);
    Path folder = given.path(Injected.of(directory));
    if (ids != null && prompt != null) {
      throw Refusal.mistake("`--ids` and `--prompt` are both given", "give one of them");
    }
    if (system != null && (prompt == null || raw)) {
      throw Refusal.mistake(
          "`--system` needs a `--prompt` and no `--raw`", "it is a part of the conversation");
    }
    try {
      return ids == null && prompt == null
          ? summary(given.console(), ModelSummary.of(folder))
          : reply(given.console(), folder);
    } catch (ModelFormatException | IllegalArgumentException e) {
      throw Refusal.mistake(
          String.valueOf(e.getMessage()),
          "a model is a folder with config.json, weights and perhaps a tokenizer, as"
              + " transformers' `save_pretrained` writes them");
    }
  }

  private static int summary(Console console, ModelSummary summary) {
    ModelConfig config = summary.config();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("architecture", summary.architecture());
    facts.put("parameters", summary.parameters());
    facts.put("dtype", String.join(", ", summary.types()));
    facts.put("context", config.contextLength());
    facts.put("vocabulary", config.vocabularySize());
    facts.put("layers", config.layers());
    facts.put("width", config.width());
    facts.put("heads", config.heads());
    facts.put("key_value_heads", config.keyValueHeads());
    facts.put("extra_heads", summary.heads());
    facts.put("tokenizer", summary.tokens() == 0 ? "none" : summary.tokens() + " tokens");
    facts.put("special_tokens", summary.specialTokens());
    facts.put("end_tokens", summary.config().ends());
    facts.put("chat_template", summary.chatTemplate() ? "yes" : "none");
    facts.put("files", summary.files());
    facts.put("problems", summary.problems());
    facts.put("warnings", summary.warnings());
    if (console.format() == Format.JSON) {
      console.json(Json.pretty(facts));
    } else {
      facts.forEach((name, value) -> show(console, name, value));
    }
    return summary.problems().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static void show(Console console, String name, Object value) {
    String label = Phrase.left(name.replace('_', ' '), 16);
    if (value instanceof List<?> list) {
      if (list.isEmpty()) {
        console.result(label + "none");
      }
      list.forEach(item -> console.result(label + item));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, text) -> console.result(label + key + " " + text));
    } else {
      console.result(label + value);
    }
  }

  private int reply(Console console, Path folder) {
    TorchRuntime torch = engine.engine().start();
    try (LanguageModel model = LanguageModel.load(folder)) {
      Read read = read(model);
      int[] tokens = read.tokens();
      ModelReply reply = ModelReply.of(model, tokens, CONTINUATION);
      if (console.format() == Format.JSON) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("ids", tokens);
        plain.put("through", read.through());
        plain.put("prompt", read.text());
        plain.put("logits", reply.logits());
        plain.put("greedy", reply.greedy());
        plain.put("text", read.said(reply.greedy()));
        plain.put("dtype", "float32");
        plain.put("device", torch.device());
        console.json(Json.line(plain));
        return ExitCode.OK;
      }
      console.result("through   " + read.through());
      if (read.text() != null) {
        console.result("prompt    " + read.text());
      }
      console.result("ids       " + Arrays.toString(tokens));
      console.result("greedy    " + Arrays.toString(reply.greedy()));
      String text = read.said(reply.greedy());
      if (text != null) {
        console.result("text      " + text);
      }
      console.say("the logits come with --format json");
      return ExitCode.OK;
    }
  }

  /**
   * What the model reads.
   *
   * @param through what made tokens of the text
   * @param text the whole text, special tokens spelled out; null if ids were given
   * @param tokenizer what turns tokens into text; null if there is none
   */
  private record Read(
      String through, @Nullable String text, int[] tokens, @Nullable Tokenizer tokenizer) {

    @Nullable String said(int[] ids) {
      return tokenizer == null ? null : tokenizer.decodeWithSpecialTokens(ids);
    }
  }

  private Read read(LanguageModel model) {
    if (ids != null) {
      return new Read("ids", null, ids, model.hasTokenizer() ? model.tokenizer() : null);
    }
    Tokenizer tokenizer = model.tokenizer();
    String text = prompt == null ? "" : prompt;
    Optional<ChatTemplate> template = raw ? Optional.empty() : model.chatTemplate();
    if (template.isPresent()) {
      List<Message> messages = new ArrayList<>();
      if (system != null) {
        messages.add(Message.of("system", system));
      }
      messages.add(Message.of("user", text));
      String whole = template.get().render(Conversation.of(messages).withAnswerToFollow());
      return new Read("chat template", whole, tokenizer.encode(whole), tokenizer);
    }
    if (system != null) {
      throw Refusal.mistake(
          "the model has no chat template for a system's message", "leave out `--system`");
    }
    int[] all = tokenizer.encodeFromBeginning(text);
    return new Read("tokenizer", tokenizer.decodeWithSpecialTokens(all), all, tokenizer);
  }
}
