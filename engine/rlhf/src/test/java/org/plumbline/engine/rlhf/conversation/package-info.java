@NullMarked
package org.plumbline.engine.rlhf.conversation;

import org.jspecify.annotations.NullMarked;
