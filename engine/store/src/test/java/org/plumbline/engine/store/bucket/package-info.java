/** Stores in a bucket, on a server that lives in the process of the test. */
@NullMarked
package org.plumbline.engine.store.bucket;

import org.jspecify.annotations.NullMarked;
