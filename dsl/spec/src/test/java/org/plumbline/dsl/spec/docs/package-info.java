/** Writes what the shapes of the language say for people and editors: pages and a JSON Schema. */
@NullMarked
package org.plumbline.dsl.spec.docs;

import org.jspecify.annotations.NullMarked;
