/** Tests of reading specs, and the golden files that they compare with. */
@NullMarked
package org.plumbline.dsl.spec;

import org.jspecify.annotations.NullMarked;
