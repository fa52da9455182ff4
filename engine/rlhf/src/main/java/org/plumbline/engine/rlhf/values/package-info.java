/** What people want, as ground truth: features read off answers, and their weighted sum. */
@NullMarked
package org.plumbline.engine.rlhf.values;

import org.jspecify.annotations.NullMarked;
