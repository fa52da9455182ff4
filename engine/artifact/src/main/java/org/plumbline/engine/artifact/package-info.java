/**
 * What stages leave for each other and for the comparison: rows, curves and summaries as records.
 *
 * <p>The names of a record's components, in snake case, are the names of columns, and the order of
 * the components is that of the columns: nothing else says how a column is called. What is null or
 * has no value is left out.
 */
@NullMarked
package org.plumbline.engine.artifact;

import org.jspecify.annotations.NullMarked;
