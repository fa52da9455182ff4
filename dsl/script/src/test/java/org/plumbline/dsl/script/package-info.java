/** Tests of what is said about scripts. */
@NullMarked
package org.plumbline.dsl.script;

import org.jspecify.annotations.NullMarked;
