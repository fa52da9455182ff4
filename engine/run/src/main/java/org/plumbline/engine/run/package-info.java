/**
 * What runs a node: the contract of a stage, which turns settings and artifacts into an artifact,
 * and the runner that brings nodes to their results in a store.
 */
@NullMarked
package org.plumbline.engine.run;

import org.jspecify.annotations.NullMarked;
