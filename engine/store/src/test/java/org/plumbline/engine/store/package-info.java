/** Tests of the store: artifacts, answers, deleting, records of runs. */
@NullMarked
package org.plumbline.engine.store;

import org.jspecify.annotations.NullMarked;
