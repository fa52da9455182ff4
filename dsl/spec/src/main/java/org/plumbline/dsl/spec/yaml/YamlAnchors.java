// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.yaml;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Position;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.snakeyaml.engine.v2.nodes.Node;

/** The anchors of a spec, and which of them nothing repeats. */
final class YamlAnchors {
  private final SourceFile file;
  private final IdentityHashMap<Node, Integer> uses = new IdentityHashMap<>();
  private final List<Node> anchored = new ArrayList<>();

  YamlAnchors(SourceFile file) {
    this.file = file;
  }

  /** Notes a value, once for each place that it stands at: an alias is the value itself. */
  void visit(Node yaml) {
    if (yaml.getAnchor().isPresent() && uses.merge(yaml, 1, Integer::sum) == 1) {
      anchored.add(yaml);
    }
  }

  /** One diagnostic for each anchor that no alias names. */
  List<Diagnostic> unused() {
    List<Diagnostic> found = new ArrayList<>();
    for (Node yaml : anchored) {
      if (uses.getOrDefault(yaml, 0) == 1) {
        found.add(unused(yaml));
      }
    }
    return found;
  }

  private Diagnostic unused(Node yaml) {
    String name = yaml.getAnchor().orElseThrow().getValue();
    Position start = YamlReader.position(yaml.getStartMark().orElseThrow());
    Position end = new Position(start.line(), start.column() + name.length() + 1);
    return Diagnostic.of(
            Code.PLB0370, new Span(file, start, end), "nothing repeats the anchor `&" + name + "`")
        .help(
            "remove it, write `*"
                + name
                + "` where the value is to be repeated, or quote the"
                + " text if the `&` belongs to it");
  }
}
