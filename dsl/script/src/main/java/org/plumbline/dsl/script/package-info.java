/** What both script languages share: trees from what was written, and errors in plain words. */
@NullMarked
package org.plumbline.dsl.script;

import org.jspecify.annotations.NullMarked;
