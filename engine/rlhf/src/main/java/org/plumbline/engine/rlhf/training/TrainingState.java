// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.TrainedPart;
import org.plumbline.engine.lm.failure.NonFiniteException;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.optimiser.StepResult;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * A model in training and its optimiser: what one checkpoint holds of them.
 *
 * <p>Numbers that are not finite stop the training: the update that gave them is not made, and no
 * state with them is ever written.
 */
public final class TrainingState implements AutoCloseable {
  private static final String MODEL = "model";
  private static final String OPTIMIZER = "optimizer.safetensors";

  private final LanguageModel model;
  private final AdamW optimizer;

  /** Starts training a model, which then belongs to this. */
  public TrainingState(LanguageModel model, AdamW.Settings settings) {
    this.model = model;
    this.optimizer = new AdamW(model.parameters(), settings);
  }

  /**
   * Goes on from what {@link #save} wrote.
   *
   * @param start makes the model as it was before the first step; called where an adapter is
   *     trained, for what that leaves as it is
   */
  public static TrainingState load(
      Path folder, AdamW.Settings settings, Supplier<LanguageModel> start) {
    TrainingState state =
        new TrainingState(TrainedPart.load(folder.resolve(MODEL), start), settings);
    state.optimizer.load(folder.resolve(OPTIMIZER));
    return state;
  }

  /** The model as it is now. */
  public LanguageModel model() {
    return model;
  }

  /**
   * One update.
   *
   * @param batch which step and which rows this is, for the message if a number is not finite
   * @throws StageFailure {@code PLB0902} if the loss or its gradient is NaN or infinite
   */
  public StepResult update(Supplier<String> batch, double learningRate, Supplier<Tensor> loss) {
    try {
      return optimizer.step(learningRate, loss);
    } catch (NonFiniteException e) {
      throw notFinite(batch.get(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * One update on the sum of what several parts contribute.
   *
   * @param parts in groups, one after the other; those of a group may be computed side by side
   */
  public <P> StepResult update(
      Supplier<String> batch,
      double learningRate,
      List<List<P>> parts,
      Function<? super P, Tensor> loss) {
    try {
      return optimizer.step(learningRate, parts, loss);
    } catch (NonFiniteException e) {
      throw notFinite(batch.get(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * Writes the parameters that are trained and the optimiser's state, unless a parameter is not
   * finite.
   */
  public void save(Path folder) {
    requireFinite("after the last update");
    TrainedPart.save(model, folder.resolve(MODEL));
    optimizer.save(folder.resolve(OPTIMIZER));
  }

  /** An independent copy of the model as it is now, unless a parameter is not finite. */
  public LanguageModel finished() {
    requireFinite("after the last update");
    return model.copy();
  }

  /** Writes the model into the output of a stage, unless a parameter is not finite. */
  void export(StageContext context) throws IOException {
    requireFinite("after the last update");
    ModelOutput.write(context, model, "");
  }

  /** Fails if a parameter is not finite. */
  void requireFinite(String when) {
    try (TensorScope scope = TensorScope.open()) {
      model
          .parameters()
          .asMap()
          .forEach(
              (name, tensor) -> {
                // 0 x is 0 unless x is NaN or infinite; a plain sum could overflow
                if (!(tensor.mul(0f).sum().item() == 0f)) {
                  throw notFinite(when, "the parameter `" + name + "` is not finite");
                }
              });
    }
  }

  private static StageFailure notFinite(String where, String what) {
    return new StageFailure(
        "PLB0902",
        where + ": " + what,
        "learning_rate",
        "lower `learning_rate` or what scales the loss (`beta`, `tau`), or look at the rows of this"
            + " batch; checkpoints from before it are kept");
  }

  @Override
  public void close() {
    optimizer.close();
    model.close();
  }
}
