/** Tests of the language models. */
@NullMarked
package org.plumbline.engine.lm;

import org.jspecify.annotations.NullMarked;
