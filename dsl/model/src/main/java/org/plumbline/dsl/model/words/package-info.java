/** How scripts in Groovy and Kotlin spell what a spec says. */
@NullMarked
package org.plumbline.dsl.model.words;

import org.jspecify.annotations.NullMarked;
