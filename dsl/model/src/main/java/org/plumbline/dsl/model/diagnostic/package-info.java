/** Problems in a spec: their code, their place, and what to do about them. */
@NullMarked
package org.plumbline.dsl.model.diagnostic;

import org.jspecify.annotations.NullMarked;
