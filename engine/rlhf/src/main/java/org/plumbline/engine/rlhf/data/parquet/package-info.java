/** Reads and writes Parquet by DuckDB, which is loaded when it is first used and not before. */
@NullMarked
package org.plumbline.engine.rlhf.data.parquet;

import org.jspecify.annotations.NullMarked;
