/** Models that come from elsewhere: what their folders hold, and how they get into the store. */
@NullMarked
package org.plumbline.engine.rlhf.models;

import org.jspecify.annotations.NullMarked;
