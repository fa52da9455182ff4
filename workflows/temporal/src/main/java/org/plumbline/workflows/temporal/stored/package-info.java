/** Does the work of a run on the store: finds results, runs stages, computes the comparison. */
@NullMarked
package org.plumbline.workflows.temporal.stored;

import org.jspecify.annotations.NullMarked;
