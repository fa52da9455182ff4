/** The methods that make policies, and what keeps them in check. */
@NullMarked
package org.plumbline.dsl.model.policy;

import org.jspecify.annotations.NullMarked;
