/** What commands say of plans, runs and nodes, as text. */
@NullMarked
package org.plumbline.workflows.cli.page;

import org.jspecify.annotations.NullMarked;
