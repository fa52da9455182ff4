// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What people said of pairs of answers. The order in which it is given does not matter: ballots are
 * kept in an order of their own, so that sums do not depend on it either.
 *
 * @param pairs the answers that are compared
 * @param people how many there are; they are numbered from 0
 * @param ballots what they said
 */
public record Ballots(List<Compared> pairs, int people, List<Ballot> ballots) {

  public Ballots {
    pairs = List.copyOf(pairs);
    ballots =
        ballots.stream()
            .sorted(
                Comparator.comparingInt(Ballot::pair)
                    .thenComparingInt(Ballot::person)
                    .thenComparing(Ballot::swapped)
                    .thenComparingDouble(Ballot::one))
            .toList();
  }

  /**
   * A pair of answers, by their numbers; an answer that stands in several pairs has one number.
   *
   * @param one the pair's first answer
   * @param two its second answer
   */
  public record Compared(int one, int two) {}

  /**
   * What one person said of one pair.
   *
   * @param pair the pair's number
   * @param person who
   * @param one 1 for the pair's first answer, 0 for its second, 1/2 for equally good, and a judge's
   *     probability between them
   * @param swapped whether the pair's second answer was shown first
   * @param weight how many votes it counts as
   */
  public record Ballot(int pair, int person, double one, boolean swapped, double weight) {

    /** One vote. */
    public Ballot(int pair, int person, double one, boolean swapped) {
      this(pair, person, one, swapped, 1);
    }

    /** What was said of the answer that was shown first. */
    double first() {
      return swapped ? 1 - one : one;
    }
  }

  /** How many answers there are. */
  public int answers() {
    int most = -1;
    for (Compared pair : pairs) {
      most = Math.max(most, Math.max(pair.one(), pair.two()));
    }
    return most + 1;
  }

  /** The share of each pair's votes that are for its first answer; 1/2 where there is none. */
  public double[] shares() {
    double[] sums = new double[pairs.size()];
    double[] votes = new double[pairs.size()];
    for (Ballot ballot : ballots) {
      sums[ballot.pair()] += ballot.weight() * ballot.one();
      votes[ballot.pair()] += ballot.weight();
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] = votes[i] == 0 ? 0.5 : sums[i] / votes[i];
    }
    return sums;
  }

  /**
   * In how many pieces the answers fall if those that a ballot compares hang together. Answers of
   * different pieces are never measured against each other.
   */
  public int pieces() {
    return byPiece().size();
  }

  /** How many answers the largest piece has. */
  public int largestPiece() {
    return byPiece().stream().mapToInt(List::size).max().orElse(0);
  }

  /**
   * In how many pieces some answers are never said to be worse than the rest. Their scores have no
   * maximum-likelihood estimate (L. R. Ford, "Solution of a ranking problem from binary
   * comparisons", American Mathematical Monthly 64, 1957).
   */
  public int unbounded() {
    List<List<Integer>> beats = new ArrayList<>();
    List<List<Integer>> beatenBy = new ArrayList<>();
    for (int i = 0; i < answers(); i++) {
      beats.add(new ArrayList<>());
      beatenBy.add(new ArrayList<>());
    }
    for (Ballot ballot : ballots) {
      Compared pair = pairs.get(ballot.pair());
      if (ballot.one() > 0) {
        beats.get(pair.one()).add(pair.two());
        beatenBy.get(pair.two()).add(pair.one());
      }
      if (ballot.one() < 1) {
        beats.get(pair.two()).add(pair.one());
        beatenBy.get(pair.one()).add(pair.two());
      }
    }
    int unbounded = 0;
    for (List<Integer> piece : byPiece()) {
      boolean all =
          reached(piece.get(0), beats) == piece.size()
              && reached(piece.get(0), beatenBy) == piece.size();
      unbounded += all ? 0 : 1;
    }
    return unbounded;
  }

  private static int reached(int start, List<List<Integer>> next) {
    Set<Integer> reached = new HashSet<>(Set.of(start));
    Deque<Integer> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      for (int answer : next.get(open.remove())) {
        if (reached.add(answer)) {
          open.add(answer);
        }
      }
    }
    return reached.size();
  }

  /** The answers of each piece. */
  List<List<Integer>> byPiece() {
    int[] pieceOf = pieceOf();
    Map<Integer, List<Integer>> pieces = new LinkedHashMap<>();
    for (int answer = 0; answer < pieceOf.length; answer++) {
      pieces.computeIfAbsent(pieceOf[answer], piece -> new ArrayList<>()).add(answer);
    }
    return List.copyOf(pieces.values());
  }

  /** By answer, the number of one answer of its piece, the same for all of them. */
  int[] pieceOf() {
    int[] parent = new int[answers()];
    for (int i = 0; i < parent.length; i++) {
      parent[i] = i;
    }
    for (Ballot ballot : ballots) {
      Compared pair = pairs.get(ballot.pair());
      parent[root(parent, pair.one())] = root(parent, pair.two());
    }
    for (int i = 0; i < parent.length; i++) {
      parent[i] = root(parent, i);
    }
    return parent;
  }

  private static int root(int[] parent, int start) {
    int node = start;
    while (parent[node] != node) {
      parent[node] = parent[parent[node]];
      node = parent[node];
    }
    return node;
  }
}
