/** Does the work of a run on the store: finds results, runs stages, computes the comparison. */
@NullMarked
package org.plumbline.engine.session;

import org.jspecify.annotations.NullMarked;
