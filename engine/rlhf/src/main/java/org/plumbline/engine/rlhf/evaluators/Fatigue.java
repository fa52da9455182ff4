// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

/**
 * How a person tires: rationality falls exponentially from one break to the next (Casper et al.
 * 2023, section 3.1.1, on evaluators who lose attention):
 *
 * <pre>{@code
 * rho(t) = rho_inf + (rho0 - rho_inf) * exp(-t / tau)
 * }</pre>
 *
 * <p>where t counts what the person was given since the last break, whether they answered or not.
 * Nobody gets sharper by tiring: where rho0 is below rho_inf already, it stays.
 *
 * @param floor rho_inf
 * @param labels tau
 * @param session how much is given between breaks; 0 for no break
 */
public record Fatigue(double floor, double labels, int session) {
  static final Fatigue NONE = new Fatigue(0, Double.POSITIVE_INFINITY, 0);

  /** Whether it matters how much a person was given. */
  public boolean tires() {
    return labels < Double.POSITIVE_INFINITY;
  }

  /** t: how much of what a person was given so far came after the last break. */
  public int sinceBreak(int given) {
    return session == 0 ? given : given % session;
  }

  /** rho(t) of somebody whose rationality would be {@code rested}. */
  double at(double rested, int sinceBreak) {
    if (rested <= floor) {
      return rested;
    }
    return floor + (rested - floor) * StrictMath.exp(-sinceBreak / labels);
  }
}
