/** The kinds of rewards. */
@NullMarked
package org.plumbline.dsl.model.reward;

import org.jspecify.annotations.NullMarked;
