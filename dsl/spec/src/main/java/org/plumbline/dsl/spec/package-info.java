/**
 * Reads a spec in any of its forms: checks it, expands it into recipes, and writes it as plain
 * data.
 */
@NullMarked
package org.plumbline.dsl.spec;

import org.jspecify.annotations.NullMarked;
