// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.engine.session.planned.PlannedSpec;
import picocli.CommandLine.Option;

/** Settings that are changed on the command line. */
public final class SpecArguments {

  @Option(
      names = "-D",
      paramLabel = "PATH=VALUE",
      description = "change a setting, as in -D seeds=[1]; may be repeated")
  private List<String> overrides = new ArrayList<>();

  /** Reads a spec with these changes. */
  SpecResult read(Plumb plumb, Path spec) {
    return read(plumb, spec, false);
  }

  /** Reads a spec that is to be planned; a script is evaluated twice, to see that it repeats. */
  private SpecResult readToPlan(Plumb plumb, Path spec) {
    return read(plumb, spec, true);
  }

  /**
   * Reads a spec with these changes and plans it.
   *
   * @throws PlannedSpec.Unplannable if it has errors or a file that it names cannot be read
   */
  public PlannedSpec plan(Plumb plumb, Path spec, Engine engine) {
    SpecResult read = readToPlan(plumb, spec);
    return PlannedSpec.of(read, plumb.path(spec), engine.runtime(), plumb.environment());
  }

  private SpecResult read(Plumb plumb, Path spec, boolean twice) {
    ScriptNotes scripts = new ScriptNotes(plumb.console(), plumb.scripts(), twice);
    return Specs.read(plumb.path(spec), overrides, plumb.folder(), scripts);
  }

  /** The same arguments, given before. */
  public static SpecArguments of(List<String> overrides) {
    SpecArguments arguments = new SpecArguments();
    arguments.overrides = new ArrayList<>(overrides);
    return arguments;
  }

  List<String> overrides() {
    return overrides;
  }

  /** Path and text of each change. */
  Map<String, String> byPath() {
    Map<String, String> byPath = new LinkedHashMap<>();
    for (String override : overrides) {
      int equals = override.indexOf('=');
      byPath.put(override.substring(0, equals), override.substring(equals + 1));
    }
    return byPath;
  }
}
