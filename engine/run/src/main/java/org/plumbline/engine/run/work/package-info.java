/**
 * What a run is made of while it is executed: tasks, results and who listens. Between who does the
 * work of a run and who says what is next and what is tried again; either can be another.
 */
@NullMarked
package org.plumbline.engine.run.work;

import org.jspecify.annotations.NullMarked;
