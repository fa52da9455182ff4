/**
 * Tests of nodes that run. Those that look into the store meanwhile, as it is damaged or its
 * process dies, are in its package.
 */
@NullMarked
package org.plumbline.engine.run;

import org.jspecify.annotations.NullMarked;
