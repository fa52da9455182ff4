// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is measured, and who it is compared with. */
public enum Figure {
  /** Forward pass, cross-entropy, backward pass, clipping and AdamW on full rows. */
  TRAIN("train", "tokens/s", Peer.atLeast("torch_train", 0.95), Peer.shown("hf_train")),
  /** Drawing answers at temperature 1 with a key-value cache. */
  SAMPLE("sample", "tokens/s", Peer.atLeast("torch_sample", 1), Peer.atLeast("hf_sample", 2.5)),
  /** Supervised fine-tuning on full rows. */
  SFT("sft", "rows/s", Peer.atLeast("trl_sft", 1.2)),
  /** DPO over pairs that are seen once, so that each costs a pass of the reference. */
  DPO("dpo", "pairs/s", Peer.atLeast("trl_dpo", 1.2)),
  /** DPO's steps alone, the reference's log-probabilities being there. */
  DPO_PRECOMPUTED("dpo-precomputed", "pairs/s", Peer.atLeast("trl_dpo_precomputed", 1.2)),
  /** Fitting a reward model to pairs. */
  REWARD("reward", "pairs/s", Peer.atLeast("trl_reward", 1.2)),
  /** Fitting a reward model to as many tokens of two kinds of feedback. */
  MIXED_REWARD("mixed-reward", "pairs/s"),
  /** Sampling groups of answers, scoring, reference log-probabilities, one update. */
  GRPO("grpo", "samples/s", Peer.atLeast("trl_grpo", 1.2), Peer.shown("trl_rloo")),
  /** Reading a directory of 500 MB of safetensors, and then every number once. */
  READ("read", "s", Peer.shown("hf_read")),
  /** Memory that a model in training takes, beyond the process before it. */
  MEMORY("memory", "MB", Peer.atMost("torch_memory", 1.1));

  /** Reading must take less than this. */
  public static final double READ_SECONDS = 1;

  private final String word;
  private final String unit;
  private final List<Peer> peers;

  Figure(String word, String unit, Peer... peers) {
    this.word = word;
    this.unit = unit;
    this.peers = List.of(peers);
  }

  /**
   * The same work of another system.
   *
   * @param name what the peers' program calls it
   * @param limit what ours divided by theirs must reach or, for memory, must not pass; 0 for none
   * @param most whether the limit is the most rather than the least
   */
  public record Peer(String name, double limit, boolean most) {
    private static Peer atLeast(String name, double limit) {
      return new Peer(name, limit, false);
    }

    private static Peer atMost(String name, double limit) {
      return new Peer(name, limit, true);
    }

    private static Peer shown(String name) {
      return new Peer(name, 0, false);
    }

    /** Returns whether a ratio of medians keeps the limit. */
    public boolean holds(double ratio) {
      return limit == 0 || (most ? ratio <= limit : ratio >= limit);
    }

    /** Returns the limit in signs; empty if there is none. */
    public String sign() {
      return limit == 0 ? "" : (most ? "≤ " : "≥ ") + limit;
    }
  }

  /** Returns its name on the command line. */
  public String word() {
    return word;
  }

  /** Returns what its numbers count. */
  public String unit() {
    return unit;
  }

  /** Returns who does the same. */
  public List<Peer> peers() {
    return peers;
  }

  /** Returns the figure of a name. */
  public static Optional<Figure> of(String word) {
    return Arrays.stream(values()).filter(f -> f.word.equals(word)).findFirst();
  }

  /** Returns all names. */
  public static String words() {
    return Arrays.stream(values()).map(Figure::word).collect(Collectors.joining(", "));
  }
}
