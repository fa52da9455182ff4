/** Tests of single checks. */
@NullMarked
package org.plumbline.dsl.spec.check;

import org.jspecify.annotations.NullMarked;
