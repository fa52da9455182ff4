/** What methods that learn from compared answers without a reward model share. */
@NullMarked
package org.plumbline.engine.rlhf.preference;

import org.jspecify.annotations.NullMarked;
