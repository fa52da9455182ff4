/** Statistics of how far people who labelled the same items agree. */
@NullMarked
package org.plumbline.engine.rlhf.agreement;

import org.jspecify.annotations.NullMarked;
