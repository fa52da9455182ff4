/** Tests of the store: crashes between any two changes, damage, races between processes. */
@NullMarked
package org.plumbline.engine.store;

import org.jspecify.annotations.NullMarked;
