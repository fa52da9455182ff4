/** Tests of what removes garbage. */
@NullMarked
package org.plumbline.engine.store.gc;

import org.jspecify.annotations.NullMarked;
