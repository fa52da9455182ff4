/** Tests of binding. */
@NullMarked
package org.plumbline.dsl.spec.bind;

import org.jspecify.annotations.NullMarked;
