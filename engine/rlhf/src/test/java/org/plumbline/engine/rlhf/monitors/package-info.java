/** Tests of evaluate. */
@NullMarked
package org.plumbline.engine.rlhf.monitors;

import org.jspecify.annotations.NullMarked;
