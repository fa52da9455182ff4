/** How parameters are updated and answers are drawn, for all that train. */
@NullMarked
package org.plumbline.dsl.model.training;

import org.jspecify.annotations.NullMarked;
