/**
 * What a comparison of recipes found, as data: every number that a report, a table or another
 * program shows.
 *
 * <p>{@link org.plumbline.engine.report.Comparison} is the root. It holds no clock times and no
 * machine facts, so equal answers make equal bytes; what belongs to one run (plan, times,
 * provenance) is {@link org.plumbline.engine.report.RunFacts} and is attached for display.
 */
@NullMarked
package org.plumbline.engine.report;

import org.jspecify.annotations.NullMarked;
