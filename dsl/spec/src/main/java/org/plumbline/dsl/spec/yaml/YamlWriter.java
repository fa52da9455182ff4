package org.plumbline.dsl.spec.yaml;

import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Writes plain data as YAML 1.2 that this package reads as the same data. */
public final class YamlWriter {
  private YamlWriter() {}

  /** The data as YAML, one key a line, lists in brackets. */
  public static String write(Map<String, Object> plain) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setBestLineBreak("\n")
            .setWidth(100)
            .build();
    return new Dump(settings).dumpToString(plain);
  }
}
