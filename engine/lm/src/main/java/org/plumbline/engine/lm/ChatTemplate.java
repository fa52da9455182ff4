// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.internal.ModelLimits;
import org.plumbline.engine.lm.jinja.Template;
import org.plumbline.engine.lm.jinja.TemplateException;

/**
 * How a model's makers turn a conversation into one text: the Jinja template of {@code
 * chat_template.jinja} or {@code tokenizer_config.json}, rendered as transformers 5 does.
 *
 * <p>Of several templates, the one called {@code tool_use} serves conversations with tools, and
 * {@code default} all others. Immutable and thread-safe.
 */
public final class ChatTemplate {

  private static final String DEFAULT = "default";
  private static final String TOOL_USE = "tool_use";

  /** What no template writes of itself; letters only, so that none strips or escapes it. */
  private static final String PROBE = "PlumblineAnswer";

  private final Map<String, Source> sources;
  private final Map<String, Template> templates = new LinkedHashMap<>();
  private final Map<String, String> specialTokens;

  /** A template's text, and the file that it stands in. */
  record Source(String file, String text) {}

  private ChatTemplate(Map<String, Source> sources, Map<String, String> specialTokens) {
    this.sources = sources;
    this.specialTokens = specialTokens;
    sources.forEach(
        (name, source) -> {
          try {
            templates.put(name, Template.of(source.text()));
          } catch (TemplateException e) {
            throw ModelFormatException.chatTemplate(source.file(), String.valueOf(e.getMessage()));
          }
        });
  }

  /**
   * Reads a template from its text.
   *
   * @param specialTokens the variables {@code bos_token}, {@code eos_token} and so on
   * @throws ModelFormatException if the template cannot be read
   */
  public static ChatTemplate of(String text, Map<String, String> specialTokens) {
    return new ChatTemplate(
        Map.of(DEFAULT, new Source(SourceFiles.CHAT_TEMPLATE, text)), Map.copyOf(specialTokens));
  }

  /** Reads a model's templates; null if it has none. */
  static @Nullable ChatTemplate of(SourceFiles files) {
    Map<String, Source> sources = files.chatTemplates();
    return sources.isEmpty() ? null : new ChatTemplate(sources, specialTokens(files));
  }

  /** Returns the special tokens that have a name, such as {@code bos_token}. */
  static Map<String, String> specialTokens(SourceFiles files) {
    JsonNode config = files.json(Path.of(""), SourceFiles.TOKENIZER_CONFIG);
    Map<String, String> named = named(config);
    if (!config.has("added_tokens_decoder")) {
      // as transformers does: the older file counts where the newer form is not used
      named.putAll(named(files.json(Path.of(""), SourceFiles.SPECIAL_TOKENS)));
    }
    return named;
  }

  private static Map<String, String> named(JsonNode json) {
    Map<String, String> named = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      JsonNode value = entry.getValue();
      JsonNode text = value.isObject() ? value.path("content") : value;
      if (entry.getKey().endsWith("_token") && text.isTextual()) {
        if (text.asText().length() > ModelLimits.TOKEN) {
          throw ModelFormatException.tokenizer(
              "its `%s` has more than %d characters".formatted(entry.getKey(), ModelLimits.TOKEN));
        }
        named.put(entry.getKey(), text.asText());
      }
    }
    return named;
  }

  /** Returns the names of the templates; usually only {@code default}. */
  public List<String> names() {
    return List.copyOf(sources.keySet());
  }

  /**
   * Makes the text of a conversation. Special tokens are spelled out in it, a beginning-of-text
   * token among them, so nothing is to be added when it is encoded.
   *
   * @throws ModelFormatException if the template raises an exception or fails; it names the file
   *     and the line
   */
  public String render(Conversation conversation) {
    String name = name(conversation);
    Source source = sources.get(name);
    Template template = templates.get(name);
    if (source == null || template == null) {
      throw ModelFormatException.chatTemplate(
          SourceFiles.TOKENIZER_CONFIG,
          "no template is called `" + DEFAULT + "`, but " + String.join(", ", names()));
    }
    Map<String, @Nullable Object> variables = new LinkedHashMap<>(specialTokens);
    variables.putAll(conversation.variables());
    variables.put("messages", messages(conversation));
    variables.put("tools", conversation.tools());
    variables.putIfAbsent("documents", null);
    variables.put("add_generation_prompt", conversation.answerFollows());
    try {
      return template.render(variables, conversation.now());
    } catch (TemplateException e) {
      throw ModelFormatException.chatTemplate(source.file(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * What a template puts around the assistant's answer to a conversation.
   *
   * @param prompt the conversation's text, up to where an answer begins
   * @param before what stands between the prompt and the answer, for example a blank
   * @param after what follows the answer, for example the end of a turn
   */
  public record Frame(String prompt, String before, String after) {}

  /**
   * Looks at what the template puts around an answer.
   *
   * @throws ModelFormatException if the template fails, or writes a conversation differently once
   *     it is answered
   */
  public Frame frame(Conversation conversation) {
    String prompt = render(conversation.withAnswerToFollow());
    String rest = continuation(conversation, List.of(Message.of(Message.ASSISTANT, PROBE)));
    int at = rest.indexOf(PROBE);
    if (at < 0) {
      throw ModelFormatException.chatTemplate(
          file(conversation), "it leaves out what the assistant says");
    }
    return new Frame(prompt, rest.substring(0, at), rest.substring(at + PROBE.length()));
  }

  /**
   * Returns what the template writes after a conversation's prompt when it goes on with some
   * messages, the assistant's first.
   *
   * @throws ModelFormatException if the template fails, or writes a conversation differently once
   *     it is answered: a model cannot be trained to answer a prompt that its answer changes
   */
  public String continuation(Conversation conversation, List<Message> answer) {
    String prompt = render(conversation.withAnswerToFollow());
    String whole = render(conversation.followedBy(answer));
    if (!whole.startsWith(prompt)) {
      throw ModelFormatException.chatTemplate(
          file(conversation),
          "an answered conversation does not begin with its prompt, which ends in '"
              + end(prompt)
              + "'; use a template that writes both alike, or prompts that are no conversations");
    }
    return whole.substring(prompt.length());
  }

  private static String end(String text) {
    return text.substring(Math.max(0, text.length() - 40)).replace("\n", "\\n");
  }

  private String file(Conversation conversation) {
    Source source = sources.get(name(conversation));
    return source == null ? SourceFiles.CHAT_TEMPLATE : source.file();
  }

  private String name(Conversation conversation) {
    return conversation.tools() != null && sources.containsKey(TOOL_USE) ? TOOL_USE : DEFAULT;
  }

  private static List<Map<String, Object>> messages(Conversation conversation) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Message message : conversation.messages()) {
      Map<String, Object> kept = new LinkedHashMap<>();
      for (String name : Message.REASONING) {
        Object reasoning = message.value(name);
        if (reasoning != null) {
          // transformers fills the names that templates read from whichever is there
          kept.put("thinking", reasoning);
          kept.put("reasoning_content", reasoning);
          break;
        }
      }
      message
          .values()
          .forEach(
              (key, value) -> {
                if (value != null && !key.equals("reasoning_content")) {
                  kept.put(key, value);
                }
              });
      all.add(kept);
    }
    return all;
  }
}
