/** Where a store is kept: what all of it can rest on. */
@NullMarked
package org.plumbline.engine.store.home;

import org.jspecify.annotations.NullMarked;
