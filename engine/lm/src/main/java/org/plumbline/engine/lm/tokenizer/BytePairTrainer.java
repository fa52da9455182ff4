// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Learns byte-level BPE merges from a corpus.
 *
 * <p>Sennrich, Haddow, Birch, "Neural Machine Translation of Rare Words with Subword Units", ACL
 * 2016, on bytes as in GPT-2. Gives the merges that the Hugging Face tokenizers library gives: the
 * most frequent pair next (overlapping occurrences all count), of equals the one with the smallest
 * left id, then right id; replaced from left to right; until the vocabulary is full or no pair is
 * left.
 */
public final class BytePairTrainer {

  private final Settings settings;
  private final Map<String, Integer> wordCounts = new LinkedHashMap<>();

  /**
   * What is learned.
   *
   * @param specialTokens the first tokens, never split or merged
   * @param words how texts are cut
   * @param minFrequency pairs that occur less often are not merged; 0 and 1 merge all
   * @param allBytes whether bytes that do not occur have tokens, too, so that any text can be
   *     written
   */
  public record Settings(
      List<String> specialTokens, WordSplit words, int minFrequency, boolean allBytes) {

    public Settings {
      specialTokens = List.copyOf(specialTokens);
    }

    /** GPT-2's words and all bytes. */
    public static Settings gpt2(String... specialTokens) {
      return new Settings(List.of(specialTokens), WordSplit.GPT2, 0, true);
    }
  }

  BytePairTrainer(Settings settings) {
    this.settings = settings;
  }

  void add(String text) {
    settings.words().words(text, word -> wordCounts.merge(word, 1, Integer::sum));
  }

  BytePairVocabulary train(int vocabularySize) {
    List<String> tokens = new ArrayList<>(settings.specialTokens());
    Map<Character, Integer> alphabet = new HashMap<>();
    boolean[] occurring = occurring();
    for (char character : ByteAlphabet.sorted()) {
      if (settings.allBytes() || occurring[character]) {
        alphabet.put(character, tokens.size());
        tokens.add(String.valueOf(character));
      }
    }
    if (vocabularySize < tokens.size()) {
      throw new IllegalArgumentException(
          "a byte-level vocabulary has at least "
              + tokens.size()
              + " tokens, not "
              + vocabularySize);
    }
    List<Word> words = new ArrayList<>();
    wordCounts.forEach((text, count) -> words.add(new Word(symbols(text, alphabet), count)));
    Pairs pairs = new Pairs(words);
    List<Pair> merges = new ArrayList<>();
    while (tokens.size() < vocabularySize) {
      Pair best = pairs.poll(Math.max(1, settings.minFrequency()));
      if (best == null) {
        break;
      }
      String merged = tokens.get(best.left()) + tokens.get(best.right());
      pairs.merge(best, tokens.size());
      merges.add(best);
      tokens.add(merged);
    }
    return new BytePairVocabulary(settings, tokens, merges);
  }

  private boolean[] occurring() {
    boolean[] occurring = new boolean[512]; // the alphabet's characters are below
    for (String word : wordCounts.keySet()) {
      for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
        occurring[ByteAlphabet.character(b & 0xFF)] = true;
      }
    }
    return occurring;
  }

  private static int[] symbols(String text, Map<Character, Integer> alphabet) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int[] symbols = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      Integer id = alphabet.get(ByteAlphabet.character(bytes[i] & 0xFF));
      symbols[i] = id == null ? 0 : id;
    }
    return symbols;
  }

  /** Two neighbouring tokens. */
  record Pair(int left, int right) {}

  private static final class Word {
    int[] symbols;
    final int count;

    Word(int[] symbols, int count) {
      this.symbols = symbols;
      this.count = count;
    }
  }

  /** How often each pair occurs, and in which words. */
  private static final class Pairs {

    private record Candidate(Pair pair, long count) {}

    private final List<Word> words;
    private final Map<Pair, Long> counts = new HashMap<>();
    private final Map<Pair, Set<Integer>> places = new HashMap<>();
    // counts only fall after a pair was queued, so a stale head is put back with its present count
    private final PriorityQueue<Candidate> queue =
        new PriorityQueue<>(
            Comparator.comparingLong((Candidate c) -> -c.count())
                .thenComparingInt(c -> c.pair().left())
                .thenComparingInt(c -> c.pair().right()));

    Pairs(List<Word> words) {
      this.words = words;
      for (int i = 0; i < words.size(); i++) {
        count(i, 1);
      }
      counts.forEach((pair, count) -> queue.add(new Candidate(pair, count)));
    }

    private void count(int index, int sign) {
      Word word = words.get(index);
      for (int i = 0; i + 1 < word.symbols.length; i++) {
        Pair pair = new Pair(word.symbols[i], word.symbols[i + 1]);
        counts.merge(pair, (long) sign * word.count, Long::sum);
        if (sign > 0) {
          places.computeIfAbsent(pair, p -> new HashSet<>()).add(index);
        }
      }
    }

    /** Takes the next pair to merge, unless all occur less often than {@code least} times. */
    @Nullable Pair poll(long least) {
      while (true) {
        Candidate head = queue.poll();
        if (head == null) {
          return null;
        }
        long now = counts.getOrDefault(head.pair(), 0L);
        if (now == head.count()) {
          return now >= least ? head.pair() : null;
        }
        queue.add(new Candidate(head.pair(), now));
      }
    }

    void merge(Pair pair, int merged) {
      Set<Integer> where = places.remove(pair);
      if (where == null) {
        throw new IllegalStateException("pair without a place: " + pair);
      }
      Set<Pair> fresh = new HashSet<>();
      for (int index : where) {
        Word word = words.get(index);
        count(index, -1);
        word.symbols = replaced(word.symbols, pair, merged);
        count(index, 1);
        for (int i = 0; i + 1 < word.symbols.length; i++) {
          if (word.symbols[i] == merged || word.symbols[i + 1] == merged) {
            fresh.add(new Pair(word.symbols[i], word.symbols[i + 1]));
          }
        }
      }
      counts.remove(pair);
      for (Pair next : fresh) {
        queue.add(new Candidate(next, counts.getOrDefault(next, 0L)));
      }
    }

    private static int[] replaced(int[] symbols, Pair pair, int merged) {
      int[] result = new int[symbols.length];
      int length = 0;
      for (int i = 0; i < symbols.length; i++) {
        boolean match =
            i + 1 < symbols.length && symbols[i] == pair.left() && symbols[i + 1] == pair.right();
        result[length++] = match ? merged : symbols[i];
        if (match) {
          i++;
        }
      }
      return Arrays.copyOf(result, length);
    }
  }
}
