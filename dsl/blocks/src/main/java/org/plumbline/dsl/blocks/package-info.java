/**
 * Makes, while {@code dsl/script} is compiled, the types that scripts are compiled against: from
 * the shapes of the model's records.
 */
@NullMarked
package org.plumbline.dsl.blocks;

import org.jspecify.annotations.NullMarked;
