// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One figure as it was measured.
 *
 * @param figure what was measured
 * @param runs our numbers, one per repeat; empty if there is none
 * @param peers what others said, in the figure's order; empty if nobody was asked
 */
public record Row(Figure figure, List<Double> runs, List<PeerRuns> peers) {

  /**
   * What one peer measured.
   *
   * @param peer who, and the limit of the ratio
   * @param system name and version
   * @param runs its numbers, one per repeat; empty if there is none
   * @param error why there is none, or empty
   */
  public record PeerRuns(Figure.Peer peer, String system, List<Double> runs, String error) {

    /** Returns our median divided by theirs. */
    public double ratio(double ours) {
      return ours / median(runs);
    }
  }

  /** Returns the middle of some numbers; of an even count, the mean of the two in the middle. */
  public static double median(List<Double> runs) {
    double[] sorted = runs.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /** Returns our median. */
  public double median() {
    return median(runs);
  }

  /** Returns the row for programs. */
  public Map<String, Object> plain() {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("figure", figure.word());
    plain.put("unit", figure.unit());
    plain.put("median", runs.isEmpty() ? null : median());
    plain.put("runs", runs);
    if (figure.most() != 0 && !runs.isEmpty()) {
      plain.put("limit", figure.most());
      plain.put("holds", median() < figure.most());
    }
    plain.put("peers", peers.stream().map(this::plain).toList());
    return plain;
  }

  private Map<String, Object> plain(PeerRuns peer) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("what", peer.peer().name());
    if (peer.runs().isEmpty() || runs.isEmpty()) {
      plain.put("error", peer.error());
      return plain;
    }
    double ratio = peer.ratio(median());
    plain.put("system", peer.system());
    plain.put("median", median(peer.runs()));
    plain.put("runs", peer.runs());
    plain.put("ratio", ratio);
    if (peer.peer().limit() != 0) {
      plain.put("limit", peer.peer().sign());
      plain.put("holds", peer.peer().holds(ratio));
    }
    return plain;
  }
}
