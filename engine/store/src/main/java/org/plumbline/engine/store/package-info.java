/** What lasts: content-addressed artifacts, checkpoints, records of nodes and runs, and locks. */
@NullMarked
package org.plumbline.engine.store;

import org.jspecify.annotations.NullMarked;
