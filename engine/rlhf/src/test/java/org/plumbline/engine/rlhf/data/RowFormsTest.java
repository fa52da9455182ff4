// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.Talk;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/** Each form of rows, read from JSON lines, gives the rows that it means. */
class RowFormsTest {
  private static final String USER = "{'role': 'user', 'content': 'hi'}";
  private static final String HELLO = "{'role': 'assistant', 'content': 'hello'}";
  private static final String GO = "{'role': 'assistant', 'content': 'go'}";

  @TempDir Path folder;

  @Test
  void theLastTurnOfAConversationIsTheAnswer() throws IOException {
    DataSet data =
        load(
            "{'messages': [{'role': 'system', 'content': 'Be kind.'}, %s, %s, %s, %s]}"
                .formatted(USER, HELLO, USER.replace("hi", "bye"), GO));

    assertThat(data.demonstrations())
        .containsExactly(
            new Demonstration(
                Talk.prompt(
                    "system", "Be kind.", "user", "hi", "assistant", "hello", "user", "bye"),
                Talk.answer("go")));
    assertThat(notes).anyMatch(note -> note.contains("1 row with earlier assistant turns"));
  }

  @Test
  void conversationsMayBeWrittenAsShareGptDoesAndInParts() throws IOException {
    DataSet data =
        load(
            "{'conversations': [{'from': 'human', 'value': 'hi'}, {'from': 'gpt', 'value':"
                + " [{'type': 'text', 'text': 'hel'}, {'type': 'text', 'text': 'lo'}]}]}");

    assertThat(data.demonstrations())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.prompt()).isEqualTo(Talk.prompt("user", "hi"));
              assertThat(row.completion().text()).isEqualTo("hello");
              assertThat(row.completion().json().get(0).path("content")).hasSize(2);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{'prompt': [U], 'chosen': [H], 'rejected': [G]}",
        "{'chosen': [U, H], 'rejected': [U, G]}",
        "{'prompt': 'hi', 'chosen': [U, H], 'rejected': [U, G], 'messages': [U, H]}",
        "{'prompt': 'hi', 'chosen': [H], 'rejected': [G]}",
      })
  void preferencesBetweenConversationsShareTheirPrompt(String row) throws IOException {
    String json = row.strip().replace("U", USER).replace("H", HELLO).replace("G", GO);

    assertThat(load(json).preferences())
        .containsExactly(
            new Preference(Talk.prompt("user", "hi"), Talk.answer("hello"), Talk.answer("go")));
    assertThat(notes).noneMatch(note -> note.contains("1 row"));
  }

  @Test
  void aPromptThatTheConversationsDoNotHaveIsReported() throws IOException {
    load(
        "{'prompt': 'ho', 'chosen': [%s, %s], 'rejected': [%s, %s]}"
            .formatted(USER, HELLO, USER, GO));

    assertThat(notes)
        .anyMatch(note -> note.contains("1 row whose `prompt` is not the last message"));
  }

  @Test
  void unpairedLabelsHaveAShapeOfTheirOwn() throws IOException {
    DataSet data =
        load(
            "{'prompt': 'p', 'completion': 'a', 'label': true}\n"
                + "{'prompt': 'p', 'completion': '', 'label': 0}");

    assertThat(data.labelledAnswers())
        .containsExactly(Plain.labelled("p", "a", true), Plain.labelled("p", "", false));
    StageFailure failure = catchThrowableOfType(StageFailure.class, data::preferences);
    assertThat(failure)
        .hasMessage(
            "`data` needs rows with `chosen` and `rejected`, but the data set's are labelled"
                + " answers");
  }

  @Test
  void conversationsMayBeLabelled() throws IOException {
    DataSet data = load("{'messages': [%s, %s], 'kto_tag': false}".formatted(USER, HELLO));

    assertThat(data.labelledAnswers())
        .containsExactly(
            new LabelledAnswer(Talk.prompt("user", "hi"), Talk.answer("hello"), false));
  }

  @Test
  void stepsKeepTheirLabels() throws IOException {
    assertThat(
            load("{'prompt': 'p', 'completions': ['a', 'b'], 'labels': [true, 0.5]}")
                .stepwiseAnswers())
        .containsExactly(
            new StepwiseAnswer(Plain.prompt("p"), List.of("a", "b"), List.of(1.0, 0.5)));
  }

  @Test
  void everyWayThatWasRatedOfASolutionIsARow() throws IOException {
    DataSet data =
        load(
            "{'labeler': 'w', 'question': {'problem': 'q'}, 'label': {'steps': ["
                + "{'completions': [{'text': 'a', 'rating': 1}, {'text': 'b', 'rating': -1}],"
                + " 'chosen_completion': 0, 'human_completion': null},"
                + "{'completions': [{'text': 'c', 'rating': 0}], 'chosen_completion': 0}]}}");

    assertThat(data.stepwiseAnswers())
        .containsExactly(
            new StepwiseAnswer(Plain.prompt("q"), List.of("b"), List.of(0.0)),
            new StepwiseAnswer(Plain.prompt("q"), List.of("a", "c"), List.of(1.0, 0.5)));
    assertThat(rows).contains("\"rater\":\"w\"");
    assertThat(notes)
        .contains("data.jsonl: 1 rows of the file hold 2 judgements, one row for each");
  }

  @Test
  void theBestRatedAnswerMeetsAWorseOneAndEqualOnesAreATie() throws IOException {
    String answer = "{'response': '%s', 'overall_score': %s}";
    String low = answer.formatted("low", 2);
    String high = answer.formatted("high", 8.5);
    List<Preference> read =
        load("{'instruction': 'p', 'completions': [%s, %s]}\n{'instruction': 'p', 'completions': [%s, %s]}"
                .formatted(low, high, low, low.replace("low", "same")))
            .preferences();

    assertThat(read.get(0)).isEqualTo(Plain.preference("p", "high", "low"));
    assertThat(read.get(1).support().strength()).isEqualTo(0.5);
    assertThat(notes)
        .anyMatch(note -> note.contains("1 row whose answers all have the same score"));
  }

  @ParameterizedTest
  @CsvSource({"1, a, b, 1", "2, b, a, 1", "1.5, a, b, 0.5", "0, a, b, 0.5", "1.75, b, a, 0.75"})
  void alpacaFarmsPreferencesAreRead(
      double preference, String chosen, String rejected, double strength) throws IOException {
    DataSet data =
        load(
            "{'instruction': 'say', 'input': 'it', 'output_1': 'a', 'output_2': 'b', 'preference': %s}"
                .formatted(preference));

    Preference read = data.preferences().get(0);
    assertThat(read.prompt().text()).isEqualTo("say\nit");
    assertThat(List.of(read.chosen().text(), read.rejected().text()))
        .containsExactly(chosen, rejected);
    assertThat(read.support().strength()).isEqualTo(strength);
  }

  @Test
  void summariesKeepWhoJudgedAndHowSurely() throws IOException {
    DataSet data =
        load(
            "{'info': {'subreddit': 's', 'title': 't', 'post': 'p'}, 'summaries': [{'text': ' a'},"
                + " {'text': ' b'}], 'choice': 1, 'worker': 'w7', 'extra': {'confidence': 6}}");

    Preference said = Plain.preference("SUBREDDIT: r/s\n\nTITLE: t\n\nPOST: p\n\nTL;DR:", "b", "a");
    assertThat(data.preferences())
        .containsExactly(
            new Preference(
                said.prompt(),
                said.chosen(),
                said.rejected(),
                said.support(),
                new Preference.By("w7", null, null, false, false, false, false)));
    assertThat(rows).contains("\"rater\":\"w7\"").contains("\"confidence\":6.0");
  }

  @Test
  void everyChosenTextMeetsEveryRejectedOne() throws IOException {
    DataSet data = load("{'prompt': 'p', 'chosen': ['a'], 'rejected': ['b', 'c']}");

    assertThat(data.preferences())
        .containsExactly(Plain.preference("p", "a", "b"), Plain.preference("p", "a", "c"));
  }

  @Test
  void columnsAreRenamedAndFoundWithinOthers() throws IOException {
    columns = Map.of("prompt", "q.text", "completion", "a");

    assertThat(load("{'q': {'text': 'p'}, 'a': 'c', 'chosen': 'x'}").demonstrations())
        .containsExactly(Plain.demonstration("p", "c"));
  }

  @Test
  void oddRowsAreKeptAndCounted() throws IOException {
    load(
        """
        {'prompt': 'p', 'chosen': 'a', 'rejected': 'b', 'score_chosen': 1, 'score_rejected': 2}
        {'prompt': 'p', 'chosen': 'b', 'rejected': 'a', 'score_chosen': 2, 'score_rejected': 1}
        {'prompt': 'p', 'chosen': 'b', 'rejected': 'a', 'score_chosen': 2, 'score_rejected': 1}
        {'prompt': 'p', 'chosen': 'p b', 'rejected': 'p', 'score_chosen': 2, 'score_rejected': 1}
        """);

    assertThat(summary)
        .contains("\"suspectedSwaps\" : 1")
        .contains("\"reversed\" : 2")
        .contains("\"duplicates\" : 1")
        .contains("\"promptRepeated\" : 1")
        .contains("\"identical\" : 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{'prompt': 'p', 'completion': 'c', 'chosen': 'c', 'rejected': 'd'} | PLB0518 | fits several shapes (`prompt`, `chosen`, `rejected`; `prompt`, `completion`)",
        "{'text': 't', 'prompt': 'p', 'completion': 'c'} | PLB0518 | fits several shapes",
        "{'prompt': 'p'}~{'prompt': [U]} | PLB0511 | data.jsonl:2: `prompt` must be a text as in the first row, but is a list of messages",
        "{'messages': [U]} | PLB0514 | does not end with a message of the assistant",
        "{'messages': [{'role': 'cat', 'content': 'x'}, H]} | PLB0511 | message 1 of `messages`: unknown role `cat`",
        "{'messages': [{'role': 'user', 'content': {'a': 1}}, H]} | PLB0511 | its content must be a text or a list of parts, but is an object",
        "{'messages': [{'role': 'user', 'content': [7]}, H]} | PLB0511 | a part of its content is a number",
        "{'messages': [{'role': 'user', 'content': ' '}, H]} | PLB0512 | data.jsonl:1: message 1 of `messages` is empty",
        "{'messages': [U, {'role': 'assistant', 'tool_calls': 'weather()'}]} | PLB0511 | its `tool_calls` must be a list, but is a text",
        "{'messages': [U, H], 'tools': 'weather'} | PLB0511 | `tools` must be a list of objects, but is a text",
        "{'messages': [U, H], 'tools': [7]} | PLB0511 | `tools` must be a list of objects, but is a list of others",
        "{'messages': [U, H], 'chat_template_kwargs': []} | PLB0511 | `chat_template_kwargs` must be an object, but is a list",
        "{'messages': [U, {'role': 'assistant', 'content': '', 'tool_calls': []}]} | PLB0512 | is empty",
        "{'chosen': [U, H], 'rejected': [V, G]} | PLB0514 | data.jsonl:1: the conversations `chosen` and `rejected` share no prompt: no message",
        "{'chosen': [H], 'rejected': [G]} | PLB0514 | share no prompt: they begin with the assistant",
        "{'messages': [{'role': 'user', 'content': '\\ud800'}, H]} | PLB0507 | data.jsonl:1: message 1 of `messages` holds half",
        "{'prompt': 'p', 'chosen': 'a', 'rejected': 'b', 'strength': 0.2} | PLB0519 | `strength` must be from 0.5 to 1, but is 0.2",
        "{'prompt': 'p', 'chosen': 'a', 'rejected': 'b', 'score_chosen': 1e999} | PLB0519 | a finite number",
        "{'prompt': 'p', 'completions': ['a'], 'labels': [true, false]} | PLB0519 | one for each of the 1 `completions`",
        "{'instruction': 'p', 'completions': [{'response': 'a'}, {'response': 'b'}]} | PLB0511 | overall_score",
        "{'prompt': 'p', 'output_1': 'a', 'output_2': 'b', 'preference': 7} | PLB0519 | from 1 to 2",
        "{'prompt': 'p', 'chosen': 'a', 'rejected': [U]} | PLB0511 | `rejected` must be a text like",
      })
  void rowsThatCannotBeMeantAreNamed(String lines, String code, String message) {
    String text =
        lines
            .strip()
            .replace('~', '\n')
            .replace("U", USER)
            .replace("H]", HELLO + "]")
            .replace("V", USER.replace("hi", "ho"))
            .replace("G]", GO + "]");

    StageFailure failure = catchThrowableOfType(StageFailure.class, () -> load(text));

    assertThat(failure).hasMessageContaining(message.strip()).hasMessageStartingWith("data.jsonl:");
    assertThat(failure.code()).isEqualTo(code);
  }

  private Map<String, String> columns = Map.of();
  private List<String> notes = List.of();
  private String rows = "";
  private String summary = "";

  private DataSet load(String text) throws IOException {
    Path root = Files.createTempDirectory(folder, "load");
    FolderContext context =
        new FolderContext(root, new DataSpec("data.jsonl", null, null, null, ",", columns, 0, null))
            .file("jsonl", Files.writeString(root.resolve("in"), text.replace('\'', '"')));
    new LoadData().run(context);
    notes = context.notes();
    rows = context.written("rows.jsonl");
    summary = context.written("summary.json");
    return DataSet.read(new Artifact("digest", context.output()), "", "data");
  }
}
