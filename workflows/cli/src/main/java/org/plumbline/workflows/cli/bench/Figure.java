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
  REWARD("reward", "pairs/s", Peer.atLeast("trl_reward", 1.5)),
  /** Fitting a reward model to as many tokens of two kinds of feedback. */
  MIXED_REWARD("mixed-reward", "pairs/s"),
  /** KTO's steps, the reference's log-probabilities being there. */
  KTO("kto", "pairs/s", Peer.atLeast("trl_kto", 1.5)),
  /** ORPO's steps. */
  ORPO("orpo", "pairs/s", Peer.atLeast("trl_orpo", 1.5)),
  /** SimPO's steps. */
  SIMPO("simpo", "pairs/s", Peer.atLeast("trl_simpo", 1.5)),
  /** CPO's steps. */
  CPO("cpo", "pairs/s", Peer.atLeast("trl_cpo", 1.5)),
  /** Drawing two answers to each prompt, choosing by a score, a step of DPO. */
  ONLINE_DPO("online-dpo", "pairs/s", Peer.atLeast("trl_online_dpo", 1.5)),
  /** Updates of GRPO: groups of answers, scores, reference log-probabilities, one step. */
  GRPO("grpo", "samples/s", Peer.atLeast("trl_grpo", 2.5)),
  /** The same of RLOO. */
  RLOO("rloo", "samples/s", Peer.atLeast("trl_rloo", 2.5)),
  /** Time of an update of PPO, in times that of its parts measured alone. */
  PPO("ppo", "parts", 1.15),
  /** Time to draw groups of answers to long prompts, in times that of as many different prompts. */
  GROUPS("groups", "apart", 0.6),
  /** Reading a directory of 500 MB of safetensors, and then every number once. */
  READ("read", "s", 1, Peer.shown("hf_read")),
  /** Memory that a model in training takes, beyond the process before it. */
  MEMORY("memory", "MB", Peer.atMost("torch_memory", 1.1));

  private final String word;
  private final String unit;
  private final double most;
  private final List<Peer> peers;

  Figure(String word, String unit, Peer... peers) {
    this(word, unit, 0, peers);
  }

  Figure(String word, String unit, double most, Peer... peers) {
    this.word = word;
    this.unit = unit;
    this.most = most;
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

  /** Returns what it must stay below by itself; 0 for nothing. */
  public double most() {
    return most;
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
