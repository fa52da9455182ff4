package org.plumbline.dsl.groovy.blocks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Low-rank adaptation. */
@SpecDsl
public final class LoraModelBlock extends ScriptBlock {
  private @Nullable Number rank;

  /** Rank of the matrices. */
  public @Nullable Number getRank() {
    return rank;
  }

  /** Rank of the matrices. */
  public void setRank(@Nullable Number value) {
    rank = value;
    put("rank", value);
  }

  private @Nullable Number alpha;

  /** The update is scaled by alpha / rank. */
  public @Nullable Number getAlpha() {
    return alpha;
  }

  /** The update is scaled by alpha / rank. */
  public void setAlpha(@Nullable Number value) {
    alpha = value;
    put("alpha", value);
  }

  private @Nullable Number dropout;

  /** Dropout before the first matrix. */
  public @Nullable Number getDropout() {
    return dropout;
  }

  /** Dropout before the first matrix. */
  public void setDropout(@Nullable Number value) {
    dropout = value;
    put("dropout", value);
  }

  private @Nullable List<String> targets;

  /** Names of the matrices; absent: all of attention and feed-forward. */
  public @Nullable List<String> getTargets() {
    return targets;
  }

  /** Names of the matrices; absent: all of attention and feed-forward. */
  public void setTargets(@Nullable List<String> value) {
    targets = value;
    put("targets", value);
  }
}
