/** Tests of plans, keys and decisions, on specs in YAML. */
@NullMarked
package org.plumbline.engine.plan;

import org.jspecify.annotations.NullMarked;
