/** What the tests of this module share. */
@NullMarked
package org.plumbline.engine.rlhf;

import org.jspecify.annotations.NullMarked;
