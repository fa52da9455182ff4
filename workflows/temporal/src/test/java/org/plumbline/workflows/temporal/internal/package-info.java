@NullMarked
package org.plumbline.workflows.temporal.internal;

import org.jspecify.annotations.NullMarked;
