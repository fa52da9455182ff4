/** Tests of what methods that learn from compared answers share. */
@NullMarked
package org.plumbline.engine.rlhf.preference;

import org.jspecify.annotations.NullMarked;
