/** Tests of the template language. */
@NullMarked
package org.plumbline.engine.lm.jinja;

import org.jspecify.annotations.NullMarked;
