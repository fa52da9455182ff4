// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.Talk;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.store.content.Artifact;

/** What conversations hold is in the rows, and texts are never taken for conversations. */
class ConversationsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private List<String> notes = List.of();
  private JsonNode summary = JSON.nullNode();
  private Artifact artifact = new Artifact("none", Path.of(""));

  // ---- what messages hold ----

  @Test
  void everythingThatAMessageHasStaysInItButNulls() throws IOException {
    JsonNode row =
        row(
            "{'messages': [{'role': 'user', 'content': 'hi', 'name': null},"
                + " {'role': 'assistant', 'content': null, 'reasoning_content': 'hm',"
                + " 'tool_calls': [{'function': {'name': 'f', 'arguments': {'a': null}}}]},"
                + " {'role': 'tool', 'tool_call_id': '7', 'content': '9'},"
                + " {'role': 'assistant', 'content': 'nine', 'weight': 1}]}");

    assertThat(row.path("prompt").path("messages").toString())
        .isEqualTo(
            json(
                "[{'role':'user','content':'hi'},{'role':'assistant','reasoning_content':'hm',"
                    + "'tool_calls':[{'function':{'name':'f','arguments':{'a':null}}}]},"
                    + "{'role':'tool','tool_call_id':'7','content':'9'}]"));
    assertThat(row.path("completion").toString())
        .isEqualTo(json("[{'role':'assistant','content':'nine','weight':1}]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[{'name': 'f'}]", "'[{~name~: ~f~}]'", "['{~name~: ~f~}']"})
  void toolsMayBeJsonInATextAndGoWithThePrompt(String tools) throws IOException {
    JsonNode row =
        row(
            "{'prompt': [{'role': 'user', 'content': 'hi'}], 'tools': %s,"
                    .formatted(tools.replace("~", "\\\""))
                + " 'chat_template_kwargs': {'enable_thinking': false}}");

    assertThat(row.toString())
        .isEqualTo(
            json(
                "{'prompt':{'messages':[{'role':'user','content':'hi'}],"
                    + "'tools':[{'name':'f'}],'chat_template_kwargs':{'enable_thinking':false}}}"));
    assertThat(notes).isEmpty();
  }

  @Test
  void callsOfToolsMayBeJsonInAText() throws IOException {
    JsonNode row =
        row(
            "{'messages': [{'role': 'user', 'content': 'hi'}, {'role': 'assistant',"
                + " 'tool_calls': '[{\\'function\\': {\\'name\\': \\'f\\'}}]'}]}");

    assertThat(row.path("completion").toString())
        .isEqualTo(json("[{'role':'assistant','tool_calls':[{'function':{'name':'f'}}]}]"));
  }

  @Test
  void shareGptsTurnsOfCallsBecomeCalls() throws IOException {
    JsonNode row =
        row(
            "{'conversations': [{'from': 'human', 'value': 'hi'},"
                + " {'from': 'function_call', 'value': '{\\'name\\': \\'f\\', \\'arguments\\': {}}'},"
                + " {'from': 'observation', 'value': '9'}, {'from': 'gpt', 'value': 'nine'}]}");

    assertThat(row.path("prompt").path("messages").toString())
        .isEqualTo(
            json(
                "[{'role':'user','content':'hi'},{'role':'assistant','content':'','tool_calls':"
                    + "[{'type':'function','function':{'name':'f','arguments':{}}}]},"
                    + "{'role':'tool','content':'9'}]"));
  }

  @ParameterizedTest
  @CsvSource({
    "developer, developer",
    "ipython, ipython",
    "function, function",
    "human, user",
    "prompter, user",
    "observation, tool"
  })
  void rolesThatTemplatesKnowStayAsTheyAre(String given, String kept) throws IOException {
    JsonNode row = row("{'prompt': [{'role': '%s', 'content': 'hi'}]}".formatted(given));

    assertThat(row.path("prompt").path("messages").get(0).path("role").asText()).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{'role': 'system', 'content': ''} | emptyMessages | 1 row with an empty message",
        "{'role': 'tool', 'content': ' '} | emptyMessages | 1 row with an empty message",
        "{'role': 'user', 'content': 'a\\n\\nHuman: b'} | turnMarkers | 1 row with a message in which",
        "{'role': 'user', 'content': [{'type': 'image'}, {'type': 'image'}]} | otherParts | 1 row with parts",
        "{'role': 'function_call', 'content': 'f()'} | unreadCalls | 1 row with a turn `function_call`",
      })
  void oddMessagesAreKeptAndCountedOnce(String message, String count, String note)
      throws IOException {
    JsonNode row =
        row(
            "{'messages': [%s, %s, {'role': 'assistant', 'content': 'x'}]}"
                .formatted(message.strip(), message.strip()));

    assertThat(row.path("prompt").path("messages")).hasSize(2);
    assertThat(summary.path(count.strip()).asInt()).isEqualTo(1);
    assertThat(notes).anyMatch(said -> said.contains(note.strip()));
  }

  @Test
  void aConversationMayBeginWithTheAssistant() throws IOException {
    DataSet data =
        load(
            "{'messages': [{'role': 'assistant', 'content': 'hello'}, {'role': 'user', 'content':"
                + " 'hi'}, {'role': 'assistant', 'content': 'yes?'}]}");

    assertThat(data.demonstrations())
        .containsExactly(
            new Demonstration(
                Talk.prompt("assistant", "hello", "user", "hi"), Talk.answer("yes?")));
  }

  @Test
  void twoMessagesOfTheAssistantAreNotOne() throws IOException {
    DataSet data =
        load(
            "{'messages': [{'role': 'user', 'content': 'hi'}, {'role': 'assistant', 'content': 'a'},"
                + " {'role': 'assistant', 'content': 'b'}]}");

    assertThat(data.demonstrations())
        .containsExactly(
            new Demonstration(Talk.prompt("user", "hi", "assistant", "a"), Talk.answer("b")));
  }

  @Test
  void aPromptAloneThatEndsWithTheAssistantIsToBeGoneOnWith() throws IOException {
    DataSet data =
        load(
            "{'prompt': [{'role': 'user', 'content': 'hi'}, {'role': 'assistant', 'content': 'a'}]}");

    assertThat(data.prompts())
        .containsExactly(Talk.prompt("user", "hi", "assistant", "a").goingOn());
    assertThat(summary.path("begun").asInt()).isEqualTo(1);
  }

  // ---- texts ----

  @ParameterizedTest
  @ValueSource(strings = {"Human: to err", "System: a word", "\\n\\nHuman: hi", "Assistant: x"})
  void aPlainPromptIsATextWhateverItBeginsWith(String prompt) throws IOException {
    DataSet data = load("{'prompt': '%s'}".formatted(prompt));

    assertThat(data.prompts()).containsExactly(Plain.prompt(prompt.replace("\\n", "\n")));
    assertThat(summary.has("transcripts")).isFalse();
  }

  @Test
  void aSetOfTranscriptsIsReadAsConversations() throws IOException {
    String first = "{'prompt': '\\n\\nHuman: hi\\n\\nAssistant:', 'completion': 'a'}\n";
    DataSet data = load(first + "{'prompt': 'Human: ho\\n\\nAssistant: well', 'completion': 'b'}");

    assertThat(data.demonstrations())
        .containsExactly(
            new Demonstration(Talk.prompt("user", "hi"), Talk.answer("a")),
            new Demonstration(
                Talk.prompt("user", "ho", "assistant", "well").goingOn(), Talk.answer("b")));
    assertThat(summary.path("transcripts").asInt()).isEqualTo(2);
    assertThat(summary.path("spacing").asInt()).isEqualTo(1);
    assertThat(notes).filteredOn(note -> note.contains("first:")).hasSize(2);
    assertThat(notes).noneMatch(note -> note.contains(", row "));
    assertThat(notes).anyMatch(note -> note.endsWith("(first: data.jsonl:2)"));
    assertThat(notes)
        .contains(
            "data.jsonl: all 2 prompts are transcripts (`Human: …`, `Assistant:`), so they are read"
                + " as conversations");
  }

  /** The last turn had the space in its content, earlier ones had not. */
  @Test
  void theSpaceAfterAMarkerIsNoPartOfTheMessage() throws IOException {
    String prompt = "'prompt': '\\n\\nHuman: a\\n\\nAssistant: d\\n\\nHuman: c\\n\\nAssistant:'";
    Prompt talk = Talk.prompt("user", "a", "assistant", "d", "user", "c");

    assertThat(load("{%s, 'completion': ' b'}".formatted(prompt)).demonstrations())
        .containsExactly(new Demonstration(talk, Talk.answer("b")));
    assertThat(notes).noneMatch(note -> note.contains("lack a blank line"));
    assertThat(load("{%s, 'chosen': ' b', 'rejected': ' e'}".formatted(prompt)).preferences())
        .containsExactly(new Preference(talk, Talk.answer("b"), Talk.answer("e")));
    assertThat(load("{%s, 'completion': '  b'}".formatted(prompt)).demonstrations())
        .containsExactly(new Demonstration(talk, Talk.answer("  b")));
  }

  @Test
  void pairsOfTranscriptsKeepTheSpacesThatTheyHave() throws IOException {
    DataSet data =
        load(
            "{'chosen': '\\n\\nHuman: a\\n\\nAssistant: b',"
                + " 'rejected': '\\n\\nHuman: a\\n\\nAssistant:  e'}");

    assertThat(data.preferences())
        .containsExactly(
            new Preference(Talk.prompt("user", "a"), Talk.answer("b"), Talk.answer("  e")));
    assertThat(notes).noneMatch(note -> note.contains("lack a blank line"));
  }

  @Test
  void aSetWithOtherPromptsIsNoneOfTranscripts() throws IOException {
    String transcript = "\\n\\nHuman: hi\\n\\nAssistant:";
    DataSet data = load("{'prompt': '%s'}\n{'prompt': 'why?'}".formatted(transcript));

    assertThat(data.prompts())
        .isEqualTo(Plain.prompts(List.of("\n\nHuman: hi\n\nAssistant:", "why?")));
    assertThat(notes).singleElement().asString().contains("1 of 2 prompts look like transcripts");
  }

  @Test
  void heldOutRowsOfTranscriptsAreConversationsToo() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      lines.append("{'prompt': '\\n\\nHuman: %d\\n\\nAssistant:'}\n".formatted(i));
    }

    DataSet kept = load(lines.toString(), 0.25);
    DataSet heldOut = DataSet.read(artifact, "held_out", "data");

    assertThat(kept.prompts()).hasSize(15).allMatch(Prompt.Chat.class::isInstance);
    assertThat(heldOut.prompts()).hasSize(5).allMatch(Prompt.Chat.class::isInstance);
    assertThat(artifact.folder().toFile().list())
        .containsExactlyInAnyOrder("rows.jsonl", "held_out.jsonl", "summary.json");
  }

  @Test
  void transcriptsThatBeginWithOtherTextStayTexts() throws IOException {
    DataSet data =
        load(
            "{'chosen': 'Once.\\n\\nHuman: hi\\n\\nAssistant: a',"
                + " 'rejected': 'Once.\\n\\nHuman: hi\\n\\nAssistant: b'}");

    assertThat(data.preferences())
        .containsExactly(Plain.preference("Once.\n\nHuman: hi\n\nAssistant:", "a", "b"));
    assertThat(summary.path("noFirstTurn").asInt()).isEqualTo(1);
  }

  @Test
  void toolsBesideATextAreKeptAndCounted() throws IOException {
    JsonNode row = row("{'prompt': 'hi', 'tools': [{'name': 'f'}]}");

    assertThat(row.path("tools").asText()).isEqualTo(json("[{'name':'f'}]"));
    assertThat(summary.path("toolsOfTexts").asInt()).isEqualTo(1);
  }

  @Test
  void summariesOfTextsCountNothingThatOnlyConversationsHave() throws IOException {
    load("{'prompt': 'hi'}");

    assertThat(summary.properties())
        .extracting(entry -> entry.getKey())
        .containsExactly(
            "shape",
            "rows",
            "heldOut",
            "fingerprint",
            "identical",
            "severalTurns",
            "emptyAnswers",
            "suspectedSwaps",
            "reversed",
            "promptMismatch",
            "promptRepeated",
            "allEqual",
            "unrated",
            "earlierTurns",
            "duplicates",
            "notes");
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  /** The only row. */
  private JsonNode row(String line) throws IOException {
    return JSON.readTree(load(line).file().toFile());
  }

  private DataSet load(String lines) throws IOException {
    return load(lines, 0);
  }

  private DataSet load(String lines, double holdOut) throws IOException {
    Path root = Files.createTempDirectory(folder, "load");
    FolderContext context =
        new FolderContext(root, new DataSpec("data.jsonl", null, holdOut, null))
            .file("jsonl", Files.writeString(root.resolve("in"), json(lines)));
    new LoadData().run(context);
    notes = context.notes();
    summary = JSON.readTree(context.written("summary.json"));
    artifact = new Artifact("digest", context.output());
    return DataSet.read(artifact, "", "data");
  }
}
