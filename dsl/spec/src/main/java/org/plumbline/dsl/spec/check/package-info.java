/**
 * Checks what concerns several keys at once: references, cycles, settings that contradict each
 * other.
 */
@NullMarked
package org.plumbline.dsl.spec.check;

import org.jspecify.annotations.NullMarked;
