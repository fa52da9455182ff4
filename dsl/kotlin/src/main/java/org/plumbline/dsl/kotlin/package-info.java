/** Reads specs that are Kotlin scripts. Experimental, as Kotlin scripting itself is. */
@NullMarked
package org.plumbline.dsl.kotlin;

import org.jspecify.annotations.NullMarked;
