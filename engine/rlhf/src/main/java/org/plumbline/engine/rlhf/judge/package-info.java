/** Judges that compare, criticise and revise answers under written principles. */
@NullMarked
package org.plumbline.engine.rlhf.judge;

import org.jspecify.annotations.NullMarked;
