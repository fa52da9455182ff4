/** Tests of reading Parquet, against what pyarrow reads. */
@NullMarked
package org.plumbline.engine.rlhf.data.parquet;

import org.jspecify.annotations.NullMarked;
