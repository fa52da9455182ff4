// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

import java.util.Map;
import org.plumbline.engine.plan.Plan;

/**
 * What a new run is about.
 *
 * @param spec that it was made from
 * @param folder that paths in the spec are relative to
 * @param frozen the experiment as plain data with all defaults
 * @param overrides given on the command line: path and text
 */
public record RunStart(
    Plan plan,
    RunRecord.Spec spec,
    String folder,
    Map<String, Object> frozen,
    Map<String, String> overrides,
    Provenance provenance) {}
