/** From an experiment to a plan: nodes, their keys, and why each runs or is reused. Pure. */
@NullMarked
package org.plumbline.engine.plan;

import org.jspecify.annotations.NullMarked;
