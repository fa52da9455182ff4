// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.answers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.artifact.RowLog;
import org.plumbline.engine.lm.failure.SamplingStoppedException;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageContext.FolderWriter;
import org.plumbline.engine.store.content.Checkpoint;

/**
 * Answers that a stage draws outside of its training, some at a time: how many there are is told
 * under the name of the phase, checkpoints are saved between, and a stop is obeyed between two
 * tokens.
 */
public final class SamplingPhases {
  private static final int AT_ONCE = 32;

  private final StageContext context;
  private final long step;
  private final long steps;
  private final FolderWriter beside;
  private final List<RowLog> kept = new ArrayList<>();

  /**
   * Phases of a stage.
   *
   * @param step of the stage at which they lie
   * @param steps of the stage in all
   * @param beside writes into a checkpoint what else the stage has done
   */
  public SamplingPhases(StageContext context, long step, long steps, FolderWriter beside) {
    this.context = context;
    this.step = step;
    this.steps = steps;
    this.beside = beside;
  }

  /**
   * Answers of a model to prompts; those that a checkpoint has are not drawn again.
   *
   * @param name of the phase
   */
  public List<Exchange> answers(String name, ModelAnswers model, List<Prompt> prompts, Drawn drawn)
      throws IOException {
    RowLog done = resumed(name);
    kept.add(done);
    model.stoppedBy(context::stopAsked);
    try {
      while (done.size() < prompts.size()) {
        int from = done.size();
        List<Prompt> some = prompts.subList(from, Math.min(prompts.size(), from + AT_ONCE));
        for (SampledAnswer answer : model.answer(some, drawn.how(), drawn.stream(), from)) {
          done.add(row(answer));
        }
        tell(name, done.size(), prompts.size());
      }
    } catch (SamplingStoppedException e) {
      save();
      throw e; // does not come here: whoever saves a checkpoint is told to stop, too
    }
    List<Exchange> answers = new ArrayList<>();
    for (JsonNode row : done.rows()) {
      Prompt prompt = prompts.get(answers.size());
      answers.add(
          new Exchange(
              prompt,
              prompt.answer(row.path("answer").asText()),
              row.path("finished").asBoolean()));
    }
    return answers;
  }

  /** How answers are drawn. */
  public record Drawn(SamplingSettings how, RandomStream stream) {}

  private RowLog resumed(String name) throws IOException {
    String file = name + ".jsonl";
    RowLog done = new RowLog(file);
    Checkpoint checkpoint = context.checkpoint().orElse(null);
    if (checkpoint != null && Files.exists(checkpoint.folder().resolve(file))) {
      done.restore(checkpoint.folder());
    }
    return done;
  }

  private static Map<String, Object> row(SampledAnswer answer) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("answer", answer.text());
    row.put("finished", answer.finished());
    return row;
  }

  private void tell(String name, int done, int all) throws IOException {
    Map<String, Double> told = new LinkedHashMap<>();
    told.put(name, (double) done);
    told.put("of", (double) all);
    context.progress(step, steps, told);
    if (context.checkpointDue()) {
      save();
    }
  }

  private void save() throws IOException {
    context.saveCheckpoint(step, this::write);
  }

  private void write(Path folder) throws IOException {
    beside.write(folder);
    for (RowLog log : kept) {
      log.write(folder);
    }
  }
}
