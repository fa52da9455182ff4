/** What a spec may say: annotations on the model's records, and their descriptors. */
@NullMarked
package org.plumbline.dsl.model.shape;

import org.jspecify.annotations.NullMarked;
