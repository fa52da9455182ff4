/** Executes a run durably: starts its workflow on Temporal, watches it and cancels it. */
@NullMarked
package org.plumbline.workflows.temporal;

import org.jspecify.annotations.NullMarked;
