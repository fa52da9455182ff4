/** What no run needs any more: finding it, and removing it. */
@NullMarked
package org.plumbline.engine.store.gc;

import org.jspecify.annotations.NullMarked;
