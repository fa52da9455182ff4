/** How labels of several people become one, and how reliable each of them is. */
@NullMarked
package org.plumbline.engine.rlhf.aggregation;

import org.jspecify.annotations.NullMarked;
