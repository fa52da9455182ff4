/** Tests of what feedback says of itself. */
@NullMarked
package org.plumbline.dsl.model.feedback;

import org.jspecify.annotations.NullMarked;
