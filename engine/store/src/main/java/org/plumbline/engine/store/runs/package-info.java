/** The folders of runs, and which process conducts one. */
@NullMarked
package org.plumbline.engine.store.runs;

import org.jspecify.annotations.NullMarked;
