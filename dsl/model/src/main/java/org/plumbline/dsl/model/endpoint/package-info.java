/** Addresses of servers that are asked, and secrets that must not stand in a spec. */
@NullMarked
package org.plumbline.dsl.model.endpoint;

import org.jspecify.annotations.NullMarked;
