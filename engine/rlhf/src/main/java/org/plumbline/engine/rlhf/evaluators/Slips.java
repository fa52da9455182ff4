// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

/**
 * What goes wrong between what a person means and what they say.
 *
 * <p>A mistake turns the choice round (Lee et al. 2021, B-Pref, arXiv 2111.03026, section 3); a
 * lapse replaces whatever would have been said by a coin (Christiano et al. 2017, arXiv 1706.03741,
 * section 2.2.3): {@code P' = (1 - 2 eps) P + eps}, then {@code P'' = (1 - l) P' + l / 2}. So a
 * lapse of {@code 2 eps} has the rate of a mistake of {@code eps}.
 *
 * @param mistakes eps
 * @param lapses l
 */
public record Slips(double mistakes, double lapses) {
  static final Slips NONE = new Slips(0, 0);

  /** P(first) of what is said where P(first) of what is meant is this. */
  double said(double intended) {
    double turned = (1 - 2 * mistakes) * intended + mistakes;
    return lapses == 0 ? turned : (1 - lapses) * turned + lapses / 2;
  }
}
