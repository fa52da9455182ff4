// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.sampling;

import org.plumbline.engine.lm.LanguageModel;

/**
 * Another model that has a say in each token: the probabilities are those of the two models to the
 * power of their shares, normalised. Munos et al., 2023, arXiv:2312.00886, section 6.
 *
 * @param other of the same architecture, sizes and tokens
 * @param share of the other model, in [0, 1]; the rest is the first one's
 */
record TokenMixture(LanguageModel other, double share) {

  TokenMixture {
    if (share < 0 || share > 1) {
      throw new IllegalArgumentException("a share is in [0, 1], not " + share);
    }
  }
}
