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
  DUPLICATE("duplicates", "equal to an earlier one, kept: they count as often as they stand there");

  private final String word;
  private final String meaning;

  Oddity(String word, String meaning) {
    this.word = word;
    this.meaning = meaning;
  }

  /** The key of its count in {@code summary.json}. */
  public String word() {
    return word;
  }

  /** What it is, as it follows "7 rows". */
  public String meaning() {
    return meaning;
  }
}
