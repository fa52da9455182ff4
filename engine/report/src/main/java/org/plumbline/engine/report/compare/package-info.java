/**
 * Computes a comparison from the answers of recipes: reads what the stages of a plan left behind,
 * and knows nothing of runs, clocks or machines.
 */
@NullMarked
package org.plumbline.engine.report.compare;

import org.jspecify.annotations.NullMarked;
