/** The methods that make a policy, one file each, and how a policy is opened and sampled. */
@NullMarked
package org.plumbline.engine.rlhf.policies;

import org.jspecify.annotations.NullMarked;
