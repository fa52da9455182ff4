// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

/**
 * How large what a model folder says of itself may be, before a list, an array or a native library
 * is given it. Each is well above what any published model has, and small enough to do no harm.
 */
public final class ModelLimits {

  // ---- files, in bytes ----

  /** Configurations and templates: the largest known have some megabytes. */
  public static final long SETTINGS_FILE = 64L << 20;

  /** Tokenizers: the largest known have about 40 MB. */
  public static final long TOKENIZER_FILE = 512L << 20;

  /** Headers and indices of weights: the limit of the format's own library. */
  public static final long WEIGHTS_HEADER = 100_000_000;

  // ---- shapes ----

  /** Blocks of a transformer: the largest known have about 130. */
  public static final int LAYERS = 1_000;

  /** Lengths of vectors: the largest known feed-forward parts have about 200,000. */
  public static final int WIDTH = 1 << 20;

  /** Heads of a block: the largest known have about 130. */
  public static final int HEADS = 1 << 14;

  /** Ids: the largest known vocabularies have about a million. */
  public static final int VOCABULARY = 1 << 24;

  /** Tokens of a sequence: the longest known is ten million. */
  public static final int CONTEXT = 1 << 27;

  /** Items of a list in a configuration, such as one per layer, or the tokens that end a text. */
  public static final int ITEMS = 10_000;

  /** Ranks of an adapter. */
  public static final int RANK = 1 << 16;

  /** Axes of a tensor. */
  public static final int AXES = 16;

  // ---- tokenizers ----

  /** Lists and objects within each other in a tokenizer; the deepest known have eight. */
  public static final int TOKENIZER_NESTING = 40;

  /** Characters of a token, and of any other text in a tokenizer but patterns. */
  public static final int TOKEN = 10_000;

  /** Tokens that are added to a vocabulary; the time for them grows with the square. */
  public static final int ADDED_TOKENS = 50_000;

  /** Parts of a normaliser, a pre-tokeniser, a post-processor or a decoder. */
  public static final int PARTS = 200;

  /** How many times longer normaliser and pre-tokeniser, or a decoder, may make a text. */
  public static final int GROWTH = 1_000;

  /** Tokens that are put around each text. */
  public static final int AROUND = 1_000;

  /** Characters of a word that WordPiece takes apart; the time grows with the square. */
  public static final int WORD = 1_000;

  /** Characters of a regular expression. */
  public static final int PATTERN = 65_536;

  /** Groups or sets within each other in a regular expression: Oniguruma's stack is the C one. */
  public static final int PATTERN_NESTING = 50;

  private ModelLimits() {}
}
