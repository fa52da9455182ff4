/** The workflow that interprets a plan; deterministic, so it holds neither clock nor disk. */
@NullMarked
package org.plumbline.workflows.temporal.workflow;

import org.jspecify.annotations.NullMarked;
