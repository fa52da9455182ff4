/**
 * An experiment as data: one record per thing that a spec can declare, one sealed interface per
 * choice, and the diagnostics about them.
 *
 * <p>The components of these records are the only home of a key's name, default, range and meaning:
 * {@link org.plumbline.dsl.model.shape.Shape} reads them, and the binder, the schema, the reference
 * pages and the planner read the shape.
 */
@NullMarked
package org.plumbline.dsl.model;

import org.jspecify.annotations.NullMarked;
