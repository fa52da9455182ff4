// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

/** What may be odd about a row that is kept all the same. */
public enum Oddity {
  /** Both sides are one. */
  IDENTICAL("identical", "with equal `chosen` and `rejected`, kept: they teach nothing"),
  /** Sides that part early. */
  SEVERAL_TURNS(
      "severalTurns",
      "whose transcripts differ before the last assistant turn, kept: their answers begin at the"
          + " last turn up to which both are equal"),
  /** An answer without text. */
  EMPTY_ANSWER("emptyAnswers", "with an empty answer, kept as they are"),
  /** Scores against the choice. */
  SUSPECTED_SWAP(
      "suspectedSwaps",
      "whose scores contradict the choice, kept as they are: are `chosen` and `rejected` swapped?"),
  /** The same comparison the other way round. */
  REVERSED(
      "reversed",
      "that prefer what an equal earlier row rejects, kept: raters disagree, or sides are swapped"),
  /** The column of the prompt says something else than the sides. */
  PROMPT_MISMATCH(
      "promptMismatch",
      "whose `prompt` is not the last message before the answers, kept: the conversations count,"
          + " not the column"),
  /** The prompt stands in the answers, too. */
  PROMPT_REPEATED(
      "promptRepeated",
      "whose answers all begin with the prompt, kept as they are: the prompt is then learned as a"
          + " part of the answer"),
  /** All answers have one score. */
  ALL_EQUAL("allEqual", "whose answers all have the same score, kept as ties"),
  /** A step that nobody rated. */
  UNRATED("unrated", "with steps that are not rated, kept: they count as neutral"),
  /** Earlier answers in a conversation. */
  EARLIER_TURNS(
      "earlierTurns",
      "with earlier assistant turns: these are a part of the prompt and are not learned"),
  /** Once more the same. */
  DUPLICATE("duplicates", "equal to an earlier one, kept: they count as often as they stand there"),
  /** Somebody says nothing. */
  EMPTY_MESSAGE(
      Of.CONVERSATIONS,
      "emptyMessages",
      "with an empty message of the system or of a tool, kept: the template gets it as it is"),
  /** A message that looks like several turns. */
  TURN_MARKER(
      Of.CONVERSATIONS,
      "turnMarkers",
      "with a message in which a line such as `Human:` begins, kept: where a conversation is shown"
          + " as a transcript, it looks like another turn"),
  /** Images, sounds and the like. */
  OTHER_PARTS(
      Of.CONVERSATIONS,
      "otherParts",
      "with parts of messages that are no texts, kept: a template may write a sign for them, but no"
          + " model here sees or hears"),
  /** A call that says not what it calls. */
  UNREAD_CALL(
      Of.CONVERSATIONS,
      "unreadCalls",
      "with a turn `function_call` that is not JSON with a `name`, kept as what the assistant says"),
  /** A prompt in the middle of an answer. */
  BEGUN(
      Of.CONVERSATIONS,
      "begun",
      "whose prompt ends with a message of the assistant, kept: the answer goes on with it"),
  /** Transcripts that begin with something else. */
  NO_FIRST_TURN(
      Of.CONVERSATIONS,
      "noFirstTurn",
      "whose transcripts begin with other text than a turn, kept as texts: no chat template writes"
          + " them"),
  /** Transcripts with other spaces than is usual. */
  SPACING(
      Of.CONVERSATIONS,
      "spacing",
      "whose transcripts lack a blank line or a space at a turn, kept: models without a chat template"
          + " get them with it"),
  /** Tools that nothing is told of. */
  TOOLS_OF_TEXT(
      Of.CONVERSATIONS,
      "toolsOfTexts",
      "with `tools` or `chat_template_kwargs` beside a prompt that is a text, kept: only"
          + " conversations go through a chat template");

  /** What rows can be odd in this way. */
  private enum Of {
    ALL,
    CONVERSATIONS
  }

  private final Of of;
  private final String word;
  private final String meaning;

  Oddity(String word, String meaning) {
    this(Of.ALL, word, meaning);
  }

  Oddity(Of of, String word, String meaning) {
    this.of = of;
    this.word = word;
    this.meaning = meaning;
  }

  /** The key of its count in {@code summary.json}. */
  public String word() {
    return word;
  }

  /** Whether only conversations can have it, so that summaries of texts say nothing of it. */
  boolean ofConversations() {
    return of == Of.CONVERSATIONS;
  }

  /** What it is, as it follows "7 rows". */
  public String meaning() {
    return meaning;
  }
}
