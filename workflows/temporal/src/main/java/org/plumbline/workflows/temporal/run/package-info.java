/**
 * What a run is made of while it is executed: tasks, results and who listens; no Temporal in it.
 */
@NullMarked
package org.plumbline.workflows.temporal.run;

import org.jspecify.annotations.NullMarked;
