package org.plumbline.engine.rlhf.training;

import org.plumbline.engine.lm.ModelConfig;
import org.plumbline.engine.lm.Sequence;
import org.plumbline.engine.lm.Tokenizer;
import org.plumbline.engine.rlhf.conversation.Answer;

/**
 * A prompt that is taken as it is.
 *
 * <p>A text that was rendered beforehand may begin with the token that begins every text, and its
 * answer may end with an end token: no second one is added.
 */
record PlainWording(Tokenizer tokenizer, ModelConfig config, String text) implements Wording {

  @Override
  public int[] prompt() {
    return begun(tokenizer.encodeFromBeginning(text));
  }

  /** A model cannot be asked nothing: where nothing begins a text, the end of another does. */
  private int[] begun(int[] prompt) {
    return prompt.length == 0 ? new int[] {config.endOfText()} : prompt;
  }

  @Override
  public Worded with(Answer answer, boolean finished) {
    String whole = text + AnswerFormat.separator(text) + answer.text();
    Tokenizer.Split split = tokenizer.split(whole, text.length());
    int[] prompt = tokenizer.fromBeginning(split.prompt());
    boolean begins = prompt.length > 0 && prompt.length == split.prompt().length;
    boolean ends = finished && ends(split.answer());
    int[] said =
        finished && !ends ? Tokens.with(split.answer(), config.endOfText()) : split.answer();
    boolean spelled = ends || (begins && tokenizer.beginning().length > 0);
    return new Worded(begun(prompt), said, split.joined(), spelled);
  }

  private boolean ends(int[] ids) {
    return ids.length > 0 && config.endsText(ids[ids.length - 1]);
  }

  /** A text on its own. */
  Worded document() {
    int[] ids = tokenizer.encode(text);
    int[] begun = tokenizer.fromBeginning(ids);
    boolean begins = begun.length == ids.length && tokenizer.beginning().length > 0;
    return new Worded(
        new int[0],
        ends(ids) ? begun : Tokens.with(begun, config.endOfText()),
        false,
        begins || ends(ids));
  }

  @Override
  public Wording within(int most) {
    return this; // a text has no parts
  }

  @Override
  public String text(Sequence row) {
    String said = tokenizer.textAfter(text, row);
    String separator = AnswerFormat.separator(text);
    return said.startsWith(separator) ? said.substring(separator.length()) : said;
  }
}
