/** Tests of the words that scripts are written in. */
@NullMarked
package org.plumbline.dsl.model.words;

import org.jspecify.annotations.NullMarked;
