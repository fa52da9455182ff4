/** Binds a located tree to the records of the language, and says what does not fit. */
@NullMarked
package org.plumbline.dsl.spec.bind;

import org.jspecify.annotations.NullMarked;
