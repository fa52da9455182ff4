/** Reads specs that are Groovy scripts. */
@NullMarked
package org.plumbline.dsl.groovy;

import org.jspecify.annotations.NullMarked;
