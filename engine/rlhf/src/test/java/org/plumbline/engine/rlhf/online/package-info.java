@NullMarked
package org.plumbline.engine.rlhf.online;

import org.jspecify.annotations.NullMarked;
