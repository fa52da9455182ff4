/** The YAML front end: reads YAML 1.2 as a located tree, and executes nothing. */
@NullMarked
package org.plumbline.dsl.spec.yaml;

import org.jspecify.annotations.NullMarked;
