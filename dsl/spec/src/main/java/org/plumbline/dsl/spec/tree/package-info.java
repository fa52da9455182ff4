/** What every front end makes of a text: keys and values, each with its place. */
@NullMarked
package org.plumbline.dsl.spec.tree;

import org.jspecify.annotations.NullMarked;
