/** Writes diagnostics for people, for editors and for programs. */
@NullMarked
package org.plumbline.dsl.spec.render;

import org.jspecify.annotations.NullMarked;
