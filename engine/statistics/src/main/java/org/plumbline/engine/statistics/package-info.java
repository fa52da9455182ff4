/**
 * Statistics: intervals, tests and their corrections, win rates, ratings, diversity, calibration.
 *
 * <p>Pure functions. Transcendental functions come from {@link StrictMath} and all randomness from
 * {@link org.plumbline.engine.statistics.SplitMix64}, so equal numbers give equal bits on every
 * machine. That is also why Student's t is computed here: the libraries that have it use {@link
 * Math}, whose last digits may differ between machines.
 */
@NullMarked
package org.plumbline.engine.statistics;

import org.jspecify.annotations.NullMarked;
