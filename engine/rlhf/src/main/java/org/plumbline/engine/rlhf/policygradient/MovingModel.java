// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.TrainedPart;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Checkpoint;

/**
 * A model that stands still for a while beside a policy that learns: at first another, later copies
 * of the policy on its way. Part of the training's checkpoints, and not of its result.
 */
final class MovingModel implements AutoCloseable {
  private final String name;
  private final StageContext context;
  private final TrainingRun run;
  private final LanguageModel start;
  private LanguageModel model;

  private MovingModel(
      String name,
      StageContext context,
      TrainingRun run,
      LanguageModel start,
      LanguageModel model) {
    this.name = name;
    this.context = context;
    this.run = run;
    this.start = start;
    this.model = model;
  }

  /**
   * Goes on with the checkpoint's, or begins.
   *
   * @param name a folder of the checkpoint
   * @param start what it is at first, which stays open
   */
  static MovingModel of(String name, StageContext context, TrainingRun run, LanguageModel start)
      throws IOException {
    Checkpoint checkpoint = context.checkpoint().orElse(null);
    LanguageModel model = start;
    if (checkpoint != null && Files.isDirectory(checkpoint.folder().resolve(name))) {
      model = TrainedPart.load(checkpoint.folder().resolve(name), () -> run.model().copy());
    }
    MovingModel moving = new MovingModel(name, context, run, start, model);
    run.keep(moving::save);
    return moving;
  }

  LanguageModel model() {
    return model;
  }

  /** How often it has become another. */
  long times() {
    return (long) run.number(name + "s", 0);
  }

  /** Becomes another model, which then belongs to this. */
  void become(LanguageModel other) {
    close();
    model = other;
    run.keep(name + "s", (double) (times() + 1));
  }

  /**
   * Goes a share of the way to a policy: parameter by parameter, of an adapter in each of its two
   * matrices.
   *
   * @param seed of what an adapter that it does not have would begin with
   */
  void follow(LanguageModel policy, double share, long seed) {
    LanguageModel next = policy.copy();
    if (share < 1) {
      LanguageModel before = times() == 0 ? start.toTrain(seed) : model;
      next.parameters().moveTowards(before.parameters(), 1 - share);
      if (before != model) {
        before.close();
      }
    }
    become(next);
  }

  private void save(Path folder) {
    if (model != start && !folder.equals(context.output())) {
      TrainedPart.save(model, folder.resolve(name));
    }
  }

  @Override
  public void close() {
    if (model != start) {
      model.close();
    }
  }
}
