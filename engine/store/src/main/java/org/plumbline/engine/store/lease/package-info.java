/** Who may work on what: of all that share a store, one at a time. */
@NullMarked
package org.plumbline.engine.store.lease;

import org.jspecify.annotations.NullMarked;
