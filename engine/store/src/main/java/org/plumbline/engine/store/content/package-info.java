/** What lasts by content: finished results, and the states of stages that are not finished. */
@NullMarked
package org.plumbline.engine.store.content;

import org.jspecify.annotations.NullMarked;
