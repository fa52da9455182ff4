/**
 * The statistics of a comparison: intervals, paired differences, win rates, ratings, diversity.
 *
 * <p>Pure functions. Transcendental functions come from {@link StrictMath} and all randomness from
 * {@link org.plumbline.engine.report.statistics.SplitMix64}, so equal numbers give equal bits on
 * every machine.
 */
@NullMarked
package org.plumbline.engine.report.statistics;

import org.jspecify.annotations.NullMarked;
