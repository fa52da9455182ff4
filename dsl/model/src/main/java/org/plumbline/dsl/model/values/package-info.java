/** What people want of an answer: features and their weights. */
@NullMarked
package org.plumbline.dsl.model.values;

import org.jspecify.annotations.NullMarked;
