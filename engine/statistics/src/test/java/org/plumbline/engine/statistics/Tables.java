// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.util.SplittableRandom;

/**
 * Draws tables of seeds × prompts: normal effects of the seeds, of the prompts and of each cell;
 * the last have standard deviation 1.
 *
 * @param seeds how many
 * @param prompts how many
 * @param seedSd standard deviation of the effects of the seeds
 * @param promptSd standard deviation of the effects of the prompts
 */
record Tables(int seeds, int prompts, double seedSd, double promptSd) {

  double[][] draw(SplittableRandom random) {
    double[] prompt = new double[prompts];
    for (int p = 0; p < prompts; p++) {
      prompt[p] = promptSd * random.nextGaussian();
    }
    double[][] table = new double[seeds][prompts];
    for (double[] row : table) {
      double seed = seedSd * random.nextGaussian();
      for (int p = 0; p < prompts; p++) {
        row[p] = seed + prompt[p] + random.nextGaussian();
      }
    }
    return table;
  }

  /** Standard deviation of one cell over all three kinds of chance. */
  double sd() {
    return StrictMath.sqrt(seedSd * seedSd + promptSd * promptSd + 1);
  }
}
