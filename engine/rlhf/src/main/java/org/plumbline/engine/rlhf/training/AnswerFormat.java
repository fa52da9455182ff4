// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.tokenizer.Tokenizer;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.conversation.Prompt.Chat;
import org.plumbline.engine.rlhf.conversation.Spacing;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * How a prompt and an answer become one row of tokens, and back. The same everywhere: in training,
 * in sampling and in scoring.
 *
 * <p>A prompt that is a conversation goes through the model's chat template if the model came with
 * one: the template's words, and nothing else, stand before the answer, and its end of turn after
 * it.
 *
 * <p>A prompt that is a text, and the transcript of a conversation where the model has no template,
 * is taken as it is:
 *
 * <ul>
 *   <li>The answer follows the prompt after one space, or directly if the prompt is empty or ends
 *       in white space, or the answer begins with it ({@link Spacing}). The separating space is no
 *       part of the answer's text.
 *   <li>What the tokenizer's makers put before every text, a beginning-of-text token, goes before
 *       the prompt.
 *   <li>The model's end token (of several, the first) ends an answer. An answer that was cut off
 *       has none.
 * </ul>
 *
 * <p>A text that spells such a token where it would be put, as one that was rendered beforehand,
 * gets no second one.
 *
 * <p>Prompt and answer are tokenised in one piece and then taken apart ({@link Tokenizer#split}):
 * an answer has the tokens that the model itself would have come to, and most often its prompt has
 * those that the model reads when it is asked. Where the tokenizer joins the end of the prompt with
 * the beginning of the answer, the joined token is the answer's, and the prompt of a training row
 * ends before it, while that of sampling has other tokens at its end; such rows are counted.
 *
 * <p>What does not fit into the model's context is cut: first the beginning of the prompt, down to
 * half of the context (of a conversation, whole turns as long as there are several), then the end
 * of the answer, and with it the end token. Answers to one prompt that are compared get the same
 * prompt, cut to what fits all.
 *
 * <p>Where a model's prompts are to begin with a mark ({@link LanguageModel#mark}), it stands
 * before what is asked, and stays where the beginning of a text is cut.
 */
public final class AnswerFormat {
  private final LanguageModel model;
  private final Tokenizer tokenizer;
  private final ModelConfig config;
  private final int context;
  private final String mark;
  private int cut;
  private int joined;
  private int spelled;
  private final Untold untold = new Untold();
  private @Nullable TemplateForm template;

  /** The format for a model's tokenizer, chat template and context. */
  public AnswerFormat(LanguageModel model) {
    this.tokenizer = model.tokenizer();
    this.config = model.config();
    this.context = config.contextLength();
    this.model = model;
    this.mark = model.mark();
  }

  private PromptWording wording(Prompt prompt) {
    TemplateForm template = prompt instanceof Chat ? template() : null;
    return template != null && prompt instanceof Chat chat
        ? new ChatWording(template, tokenizer, config, template.of(chat))
        : new PlainWording(tokenizer, config, prompt.text());
  }

  /**
   * The template is asked for only where it is needed: one that is broken harms no other prompt.
   */
  private @Nullable TemplateForm template() {
    if (template == null) {
      try {
        template = model.chatTemplate().map(TemplateForm::new).orElse(null);
      } catch (ModelFormatException e) {
        throw new StageFailure(
            "PLB0541",
            String.valueOf(e.getMessage()),
            null,
            "mend the template, or leave it out of the model's folder");
      }
    }
    return template;
  }

  /** Takes note of what the model is not told of a conversation. */
  private void look(Prompt prompt, List<Exchange> answers) {
    if (prompt instanceof Chat chat) {
      TemplateForm written = template();
      untold.look(chat, List.of(), written);
      for (Exchange exchange : answers) {
        if (exchange.answer() instanceof Answer.Turns turns) {
          untold.look(chat, turns.messages(), written);
        }
      }
    }
  }

  /** The tokens of a prompt that leave room for an answer; at least one token. */
  public int[] prompt(Prompt prompt, int room) {
    look(prompt, List.of());
    PromptWording wording = wording(prompt.marked(mark));
    int most = most(room);
    int[] tokens = wording.prompt();
    if (tokens.length <= most) {
      return tokens;
    }
    cut++;
    return end(wording.within(most).prompt(), most, mark);
  }

  /** How many tokens a prompt may have where answers have so many. */
  private int most(int room) {
    return context - Math.min(room, context / 2);
  }

  private int[] end(int[] prompt, int most, String mark) {
    int[] first = mark.isEmpty() ? tokenizer.beginning() : tokenizer.encodeFromBeginning(mark);
    return Tokens.end(prompt, most, first);
  }

  /** A prompt with its answer. */
  public Sequence example(Exchange exchange) {
    return rows(exchange.prompt(), List.of(exchange), mark).get(0);
  }

  /** A prompt with two answers that were compared: both rows have the same prompt. */
  public TokenPair pair(Pair pair) {
    Exchange chosen = new Exchange(pair.prompt(), pair.chosen(), pair.chosenFinished());
    Exchange rejected = new Exchange(pair.prompt(), pair.rejected(), pair.rejectedFinished());
    List<Sequence> rows = rows(pair.prompt(), List.of(chosen, rejected), mark);
    return new TokenPair(rows.get(0), rows.get(1));
  }

  /** A prompt with several answers that were compared: all rows have the same prompt. */
  public List<Sequence> alternatives(Prompt prompt, List<Exchange> answers) {
    return rows(prompt, answers, mark);
  }

  /** Prompts with their answers, in their order; a failure names the row. */
  public List<Sequence> examples(List<Exchange> exchanges) {
    return each(exchanges, this::example);
  }

  /** The same, each after a mark of its own instead of the model's; an empty one is none. */
  public List<Sequence> examples(List<Exchange> exchanges, List<String> marks) {
    Iterator<String> next = marks.iterator();
    return each(exchanges, one -> rows(one.prompt(), List.of(one), next.next()).get(0));
  }

  /** Pairs, in their order; a failure names the row. */
  public List<TokenPair> pairs(List<Pair> pairs) {
    return each(pairs, this::pair);
  }

  private <T, R> List<R> each(List<T> rows, Function<T, R> made) {
    List<R> all = new ArrayList<>();
    for (T row : rows) {
      try {
        all.add(made.apply(row));
      } catch (StageFailure e) {
        if (template == null) {
          throw e; // the template itself is broken, whatever the row
        }
        String message = "row " + (all.size() + 1) + ": " + e.getMessage();
        throw new StageFailure(e.code(), message, e.setting(), e.help());
      }
    }
    return all;
  }

  private List<Sequence> rows(Prompt prompt, List<Exchange> answers, String mark) {
    look(prompt, answers);
    PromptWording wording = wording(prompt.marked(mark));
    List<Worded> worded = worded(wording, answers);
    int most = most(worded.stream().mapToInt(one -> one.answer().length).max().orElse(0));
    if (worded.stream().anyMatch(one -> one.prompt().length > most)) {
      cut++;
      worded = worded(wording.within(most), answers);
    }
    joined += worded.stream().anyMatch(Worded::joined) ? 1 : 0;
    spelled += worded.stream().anyMatch(Worded::spelled) ? 1 : 0;
    return worded.stream().map(one -> fitting(one, most, mark)).toList();
  }

  private static List<Worded> worded(PromptWording wording, List<Exchange> answers) {
    return Worded.sharing(
        answers.stream().map(one -> wording.with(one.answer(), one.finished())).toList());
  }

  private Sequence fitting(Worded worded, int most, String mark) {
    int[] before = end(worded.prompt(), most, mark);
    int[] answer = worded.answer();
    int room = context - before.length;
    if (answer.length > room) {
      cut++;
      answer = Arrays.copyOf(answer, room);
    }
    return Sequence.of(before, answer);
  }

  /** A text on its own, with an end token; all of it is learned. */
  public Sequence document(String text) {
    Worded document = new PlainWording(tokenizer, config, text).document();
    int[] tokens = document.answer();
    spelled += document.spelled() ? 1 : 0;
    if (tokens.length > context) {
      cut++;
      tokens = Arrays.copyOf(tokens, context);
    }
    return new Sequence(tokens, 0);
  }

  /**
   * What an answer says.
   *
   * @param row the tokens that {@link #prompt} gave, and the answer's as they were drawn
   */
  public String text(Prompt prompt, Sequence row) {
    return wording(prompt.marked(mark)).text(row);
  }

  /**
   * The last token of each part of an answer; fewer than there are parts if the answer was cut.
   *
   * @param row the prompt with the answer, as {@link #example} gave it
   * @param ends where the parts end in the answer's text, in characters, in their order
   */
  public int[] lastTokens(Prompt prompt, Sequence row, List<Integer> ends) {
    PromptWording wording = wording(prompt.marked(mark));
    int[] ids = row.ids();
    List<Integer> places = new ArrayList<>();
    int tokens = row.promptLength();
    for (int end : ends) {
      while (tokens < ids.length && said(wording, row, tokens) < end) {
        tokens++;
      }
      if (said(wording, row, tokens) < end) {
        break;
      }
      places.add(tokens - 1);
    }
    return places.stream().mapToInt(place -> place).toArray();
  }

  /** How many characters of the answer the first so many tokens say. */
  private static int said(PromptWording wording, Sequence row, int tokens) {
    int[] first = Arrays.copyOf(row.ids(), tokens);
    return tokens <= row.promptLength()
        ? 0
        : wording.text(new Sequence(first, row.promptLength())).length();
  }

  /** How many prompts, answers and documents did not fit so far. */
  public int cut() {
    return cut;
  }

  /** In how many rows so far a token is of the prompt's end and the answer's beginning. */
  public int joined() {
    return joined;
  }

  /** How many texts so far spell a special token that would else have been added. */
  public int spelled() {
    return spelled;
  }

  /** Tells the user how many rows are not what their texts say, if any. */
  public void note(StageContext notes) {
    if (cut > 0) {
      notes.note(
          cut
              + " texts are longer than the model's context of "
              + context
              + " tokens and were cut");
    }
    if (joined > 0) {
      notes.note(
          joined
              + " rows where the tokenizer joins prompt and answer, for example after a prompt that"
              + " ends in a space: the joined token is learned as the answer's, but a model that is"
              + " asked reads the prompt without it");
    }
    if (spelled > 0) {
      notes.note(
          spelled
              + " texts begin or end with the special token that begins or ends every text: no"
              + " second one was added");
    }
    noteUntold(notes);
  }

  /** Tells the user what of the conversations the model is not told, if anything. */
  public void noteUntold(StageContext notes) {
    untold.notes().forEach(notes::note);
  }
}
