/** Answers that a policy has just given, who says which are better, and learning from that. */
@NullMarked
package org.plumbline.engine.rlhf.online;

import org.jspecify.annotations.NullMarked;
