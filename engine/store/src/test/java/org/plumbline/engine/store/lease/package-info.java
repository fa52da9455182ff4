/** What every kind of lease must do. */
@NullMarked
package org.plumbline.engine.store.lease;

import org.jspecify.annotations.NullMarked;
