/** Tests of what methods that learn from rewards of answers of their own share. */
@NullMarked
package org.plumbline.engine.rlhf.policygradient;

import org.jspecify.annotations.NullMarked;
