// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.plumbline.engine.lm.config.LlamaShape;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.failure.LanguageModelException;
import org.plumbline.engine.lm.tokenizer.Tokenizer;
import org.plumbline.engine.lm.tokenizer.TokenizerFixtures;

/** Small models whose folders a seeded program spoils in one place. */
final class HostileModels {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WEIGHTS = "model.safetensors";

  private static final List<String> NUMBERS =
      List.of(
          "-1",
          "0",
          "1",
          "-2147483648",
          "2147483647",
          "2147483648",
          "4294967295",
          "1e999",
          "1.5",
          "9223372036854775807",
          "-9223372036854775808",
          "18446744073709551615",
          "1e308",
          "1e-300",
          "100000",
          "16777215",
          "1000");

  static final List<String> PATTERNS =
      List.of(
          "(a+)+$b",
          "(a|aa)+$b",
          "(a*)*b",
          "(?:a?){50}a{50}",
          "(a{1000}){1000}",
          "(?:(?:a{0,1000}){0,1000}){0,1000}b",
          "(".repeat(100_000) + "a" + ")".repeat(100_000),
          "[".repeat(100_000) + "a" + "]".repeat(100_000),
          "(?=".repeat(100_000) + "a" + ")".repeat(100_000),
          "a?".repeat(30_000) + "a".repeat(30_000),
          "(?<x>a|b\\g<x>\\g<x>)",
          "a*a*a*a*b",
          "(?~abc)",
          "(*MAX{2})a",
          "(?i)".repeat(100_000),
          "a" + "*".repeat(10_000),
          "(?<=a{1000})b",
          "\\p{Nonsense}",
          "(",
          "\\",
          "");

  private static final List<String> PARTS =
      List.of(
          "{\"type\":\"FixedLength\",\"length\":0}",
          "{\"type\":\"Strip\",\"content\":\"a\",\"start\":9,\"stop\":9}",
          "{\"type\":\"Prepend\",\"prepend\":\"%s\"}".formatted("a".repeat(1_000_000)),
          "{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"AAEAAAAB\"}",
          "{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"%s\"}"
              .formatted("AAEA" + "/".repeat(1000)),
          "{\"type\":\"Replace\",\"pattern\":{\"String\":\"\"},\"content\":\"x\"}",
          "{\"type\":\"Sequence\",\"normalizers\":[%s]}"
              .formatted(
                  String.join(
                      ",",
                      java.util.Collections.nCopies(
                          9,
                          "{\"type\":\"Replace\",\"pattern\":{\"String\":\"a\"},"
                              + "\"content\":\"aaaaaaaaaa\"}"))),
          "{\"type\":\"Sequence\",\"decoders\":[".repeat(100) + "]}".repeat(100),
          "{\"type\":\"TemplateProcessing\",\"single\":[{\"Sequence\":{\"id\":\"B\",\"type_id\":0}}],"
              + "\"pair\":[],\"special_tokens\":{}}",
          "{\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"x\",\"type_id\":0}}],"
              + "\"pair\":[],\"special_tokens\":{}}",
          "{\"type\":\"CTC\",\"pad_token\":\"\",\"word_delimiter_token\":\"\",\"cleanup\":true}");

  private static final List<String> TEMPLATES =
      List.of(
          "{% for i in range(10**9) %}a{% endfor %}",
          "{{ 'a' * 10**9 }}",
          "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
          "{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}",
          "{% if 1 %}".repeat(50_000),
          "{% set ns = namespace(x=[]) %}{% for i in range(100000) %}{% set ns.x = [ns.x] %}"
              + "{% endfor %}{{ ns.x }}",
          "{% set ns = namespace(x='a') %}{% for i in range(100) %}{% set ns.x = ns.x + ns.x %}"
              + "{% endfor %}",
          "{{ 10**10**10 }}",
          "{{ '%999999999d' | format(1) }}",
          "{{ 'a' | indent(999999999) }}{{ 'a'.center(999999999) }}",
          "{{ 'aaaa'.replace('', 'a' * 1000000) }}",
          "{{ " + "1 + ".repeat(100_000) + "1 }}",
          "{{ " + "not ".repeat(100_000) + "1 }}",
          "{{ messages" + "[0]".repeat(100_000) + " }}",
          "{{ messages" + " | list".repeat(100_000) + " }}",
          "{#".repeat(200_000),
          "{{ '".repeat(200_000),
          "{% raw %}".repeat(100_000));

  private final Path folder;
  private final Random random;

  private HostileModels(Path folder, long seed) {
    this.folder = folder;
    this.random = new Random(seed);
  }

  /** Writes sound models of several kinds, each into a folder of its own. */
  static void write(Path root) throws IOException {
    Path adapter = root.resolve("gpt2/adapter");
    try (LanguageModel model = TestModels.tiny(1)) {
      model.save(root.resolve("gpt2"));
      try (LanguageModel adapted = model.withAdapter(LoraSettings.of(2, 4), 1)) {
        adapted.saveAdapter(adapter, "..");
      }
    }
    for (String name : TokenizerFixtures.names()) {
      Tokenizer tokenizer = TokenizerFixtures.tokenizer(name);
      ModelConfig config = TestModels.tinyLlamaConfig(tokenizer.vocabularySize());
      try (LanguageModel model = LanguageModel.create(config, tokenizer, 1)) {
        model.save(root.resolve(name));
      }
      Files.writeString(
          root.resolve(name).resolve("chat_template.jinja"),
          "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}");
    }
  }

  /** Copies one of the models and spoils it; returns what was done. */
  static String spoil(Path root, Path target, long seed) throws IOException {
    HostileModels models = new HostileModels(target, seed);
    List<Path> all;
    try (Stream<Path> found = Files.list(root)) {
      all = found.sorted().toList();
    }
    Path from = models.any(all);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(from.relativize(file).toString()));
      }
    }
    return from.getFileName() + ": " + models.spoil();
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private String spoil() throws IOException {
    return switch (random.nextInt(10)) {
      case 0, 1 -> pattern();
      case 2 -> part();
      case 3 -> template();
      case 4 -> header();
      case 5 -> bytes();
      default -> value();
    };
  }

  private String pattern() throws IOException {
    ObjectNode tokenizer = tokenizer();
    String pattern = any(PATTERNS);
    String where = any(List.of("pre_tokenizer", "normalizer", "decoder"));
    ObjectNode part = tokenizer.putObject(where);
    part.putObject("pattern").put("Regex", pattern);
    if (where.equals("pre_tokenizer")) {
      part.put("type", "Split").put("behavior", "Isolated").put("invert", false);
    } else {
      part.put("type", "Replace").put("content", "x");
    }
    write("tokenizer.json", tokenizer);
    return where + " " + shown(pattern);
  }

  private String part() throws IOException {
    ObjectNode tokenizer = tokenizer();
    String part = any(PARTS);
    String where = any(List.of("pre_tokenizer", "normalizer", "decoder", "post_processor"));
    tokenizer.set(where, JSON.readTree(part));
    write("tokenizer.json", tokenizer);
    return where + " " + shown(part);
  }

  private String template() throws IOException {
    String template = any(TEMPLATES);
    Files.writeString(folder.resolve("chat_template.jinja"), template);
    return "template " + shown(template);
  }

  private ObjectNode tokenizer() throws IOException {
    return (ObjectNode) JSON.readTree(Files.readAllBytes(folder.resolve("tokenizer.json")));
  }

  private void write(String file, JsonNode json) throws IOException {
    Files.write(folder.resolve(file), JSON.writeValueAsBytes(json));
  }

  /** A value somewhere in a file, replaced by a number, something else, or much of it. */
  private String value() throws IOException {
    List<String> files =
        new ArrayList<>(List.of("config.json", "generation_config.json", "tokenizer.json"));
    files.addAll(List.of("tokenizer.json", "config.json", "tokenizer_config.json"));
    if (Files.exists(folder.resolve("adapter"))) {
      files.add("adapter/adapter_config.json");
    }
    String file = any(files);
    JsonNode json = JSON.readTree(Files.readAllBytes(folder.resolve(file)));
    String value = value(json);
    String key = replace(json, "\u0001");
    String text = JSON.writeValueAsString(json).replace("\"\\u0001\"", value);
    Files.writeString(folder.resolve(file), text);
    return file + key + " = " + shown(value);
  }

  private String value(JsonNode json) throws IOException {
    return switch (random.nextInt(8)) {
      case 0 ->
          any(
              List.of(
                  "null",
                  "\"\\ud800\"",
                  "{}",
                  "[]",
                  "\"\"",
                  "true",
                  "\"x\"",
                  "[null]",
                  "{\"a\":{}}"));
      case 1 -> "\"" + "a".repeat(any(List.of(1_000, 100_000, 10_000_000))) + "\"";
      case 2 -> "[" + "1,".repeat(any(List.of(100, 100_000))) + "1]";
      case 3 -> "[".repeat(any(List.of(50, 900, 100_000))) + "1" + "]".repeat(900);
      case 4 -> JSON.writeValueAsString(json); // itself within itself
      default -> any(NUMBERS);
    };
  }

  /** Puts a mark in the place of some value; the more often, the less there are in its list. */
  private String replace(JsonNode root, String mark) {
    JsonNode at = root;
    StringBuilder path = new StringBuilder();
    while (true) {
      List<String> names = new ArrayList<>();
      at.fieldNames().forEachRemaining(names::add);
      boolean list = at.isArray();
      int size = list ? at.size() : names.size();
      int index = random.nextInt(size);
      JsonNode inner = list ? at.get(index) : at.get(names.get(index));
      path.append('.').append(list ? String.valueOf(index) : names.get(index));
      boolean deeper = inner instanceof ContainerNode<?> && inner.size() > 0;
      if (deeper && random.nextInt(4) > 0) {
        at = inner;
      } else if (list) {
        ((ArrayNode) at).set(index, JSON.getNodeFactory().textNode(mark));
        return path.toString();
      } else {
        ((ObjectNode) at).put(names.get(index), mark);
        return path.toString();
      }
    }
  }

  private String header() throws IOException {
    String file = WEIGHTS;
    if (Files.exists(folder.resolve("adapter")) && random.nextBoolean()) {
      file = "adapter/adapter_model.safetensors";
    }
    byte[] all = Files.readAllBytes(folder.resolve(file));
    int length = (int) ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getLong();
    JsonNode json = JSON.readTree(Arrays.copyOfRange(all, 8, 8 + length));
    String value = value(json);
    String key = replace(json, "\u0001");
    byte[] text =
        JSON.writeValueAsString(json)
            .replace("\"\\u0001\"", value)
            .getBytes(StandardCharsets.UTF_8);
    long claimed = random.nextInt(4) == 0 ? new BigInteger(64, random).longValue() : text.length;
    ByteBuffer made =
        ByteBuffer.allocate(8 + text.length + all.length - 8 - length)
            .order(ByteOrder.LITTLE_ENDIAN);
    made.putLong(claimed).put(text).put(all, 8 + length, all.length - 8 - length);
    Files.write(folder.resolve(file), made.array());
    return file + key + " = " + shown(value) + ", header " + claimed;
  }

  private String bytes() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder)) {
      files = found.filter(Files::isRegularFile).sorted().toList();
    }
    Path file = any(files);
    byte[] all = Files.readAllBytes(file);
    int at = random.nextInt(all.length);
    if (random.nextBoolean()) {
      Files.write(file, Arrays.copyOf(all, at));
      return file.getFileName() + " cut at " + at;
    }
    all[at] ^= (byte) (1 << random.nextInt(8));
    Files.write(file, all);
    return file.getFileName() + " flipped at " + at;
  }

  private static String shown(String text) {
    return text.length() > 70 ? text.substring(0, 70) + "... (" + text.length() + ")" : text;
  }

  /** Does with a folder what the command does; what it cannot, it says. */
  static String use(Path folder) {
    try {
      ModelSummary.of(folder);
      try (LanguageModel model = LanguageModel.load(folder)) {
        ask(model, folder);
      }
      return "opened";
    } catch (LanguageModelException e) {
      String message = String.valueOf(e.getMessage());
      return "refused: " + message.substring(0, Math.min(160, message.length()));
    }
  }

  private static void ask(LanguageModel model, Path folder) {
    if (model.hasTokenizer()) {
      Tokenizer tokenizer = model.tokenizer();
      for (String text : List.of("a hello " + "a".repeat(60) + " w\u00f6rld 12", "", "q" + "12 ")) {
        int[] ids = tokenizer.encodeFromBeginning(text);
        tokenizer.decode(ids);
        tokenizer.decodeWithSpecialTokens(ids);
        tokenizer.split(text, Math.min(2, text.length()));
      }
      tokenizer.encodeAll(List.of("a", "b"));
    }
    Conversation conversation = Conversation.of(List.of(Message.of("user", "hello")));
    model.chatTemplate().ifPresent(template -> template.render(conversation));
    int vocabulary = model.config().vocabularySize();
    int[] ids = {0, Math.min(1, vocabulary - 1)};
    if (model.config().contextLength() > 2 && hasOutput(model)) {
      ModelReply.of(model, ids, 1);
    }
    if (Files.exists(folder.resolve("adapter"))) {
      model.withAdapter(folder.resolve("adapter")).close();
    }
  }

  private static boolean hasOutput(LanguageModel model) {
    LlamaShape llama = model.config().llama();
    return llama == null || llama.output() != LlamaShape.Output.NONE;
  }

  /** What is not said but thrown: a fault, with where it comes from. */
  static Map<String, String> fault(Throwable thrown) {
    String where = Arrays.stream(thrown.getStackTrace()).limit(6).toList().toString();
    return Map.of("fault", thrown.toString(), "where", where);
  }
}
