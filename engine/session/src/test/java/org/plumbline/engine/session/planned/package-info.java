/** Tests of plans and of what is looked at before a run. */
@NullMarked
package org.plumbline.engine.session.planned;

import org.jspecify.annotations.NullMarked;
