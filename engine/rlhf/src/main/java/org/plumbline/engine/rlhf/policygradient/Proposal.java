// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Checkpoint;

/**
 * What answers are drawn from while a policy learns: at first the policy before training, later
 * copies of the policy on its way. Part of the training's checkpoints, and not of its result.
 */
final class Proposal implements AutoCloseable {
  private static final String FOLDER = "proposal";
  private static final String TIMES = "proposals";

  private final StageContext context;
  private final TrainingRun run;
  private final LanguageModel start;
  private LanguageModel model;

  private Proposal(
      StageContext context, TrainingRun run, LanguageModel start, LanguageModel model) {
    this.context = context;
    this.run = run;
    this.start = start;
    this.model = model;
  }

  /** Goes on with the checkpoint's, or begins with the policy before training. */
  static Proposal of(StageContext context, TrainingRun run, LanguageModel start)
      throws IOException {
    Checkpoint checkpoint = context.checkpoint().orElse(null);
    LanguageModel model = start;
    if (checkpoint != null && Files.isDirectory(checkpoint.folder().resolve(FOLDER))) {
      model = LanguageModel.load(checkpoint.folder().resolve(FOLDER));
    }
    Proposal proposal = new Proposal(context, run, start, model);
    run.keep(proposal::save);
    return proposal;
  }

  LanguageModel model() {
    return model;
  }

  /** How often it has become another. */
  long times() {
    return (long) run.number(TIMES, 0);
  }

  /** Becomes another model, which then belongs to this. */
  void become(LanguageModel nearer) {
    close();
    model = nearer;
    run.keep(TIMES, (double) (times() + 1));
  }

  private void save(Path folder) {
    if (model != start && !folder.equals(context.output())) {
      model.save(folder.resolve(FOLDER));
    }
  }

  @Override
  public void close() {
    if (model != start) {
      model.close();
    }
  }
}
