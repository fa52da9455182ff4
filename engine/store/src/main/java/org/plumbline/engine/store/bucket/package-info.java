/** The home of a store in an S3-compatible bucket. */
@NullMarked
package org.plumbline.engine.store.bucket;

import org.jspecify.annotations.NullMarked;
