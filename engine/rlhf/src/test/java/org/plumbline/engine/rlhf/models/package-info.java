@NullMarked
package org.plumbline.engine.rlhf.models;

import org.jspecify.annotations.NullMarked;
