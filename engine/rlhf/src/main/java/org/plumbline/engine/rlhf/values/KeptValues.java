// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.values;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Canonical;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Artifact;

/** Values as they are declared, kept in an artifact with the files that they read. */
public final class KeptValues {
  private static final String FOLDER = "files/";

  private KeptValues() {}

  /** Takes the files over into the artifact, and gives what a file of it says of the values. */
  public static Map<String, Object> columns(StageContext context, String values)
      throws IOException {
    Map<String, Object> declared = new LinkedHashMap<>();
    Map<String, String> files = new LinkedHashMap<>();
    Map<String, String> rewards = new LinkedHashMap<>();
    for (ValuesSpec spec : ancestry(context, values, declared)) {
      for (FeatureSpec feature : spec.features().values()) {
        if (feature instanceof FeatureSpec.Lexicon lexicon && !files.containsKey(lexicon.file())) {
          String name = FOLDER + files.size();
          context.takeOver(context.file(lexicon.file()), name);
          files.put(lexicon.file(), name);
        } else if (feature instanceof FeatureSpec.RewardModel scored) {
          rewards.put(scored.reward(), context.input(Features.role(scored.reward())).digest());
        }
      }
    }
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("values", values);
    columns.put("declared", declared);
    columns.put("files", files);
    if (!rewards.isEmpty()) {
      columns.put("rewards", rewards);
    }
    return columns;
  }

  private static List<ValuesSpec> ancestry(
      StageContext context, String values, Map<String, Object> declared) {
    List<ValuesSpec> specs = new ArrayList<>();
    for (@Nullable String next = values; next != null && !declared.containsKey(next); ) {
      ValuesSpec spec = context.declared(Section.VALUES, next, ValuesSpec.class);
      declared.put(next, Canonical.of(spec));
      specs.add(spec);
      next = spec.of();
    }
    return specs;
  }

  /** The values that {@link #columns} told of. */
  public static Utility open(StageContext context, Artifact kept, JsonNode columns)
      throws IOException {
    return Utility.of(
        columns.path("values").asText(),
        name -> context.bind(plain(columns.path("declared").path(name)), ValuesSpec.class),
        new Features.Sources() {
          @Override
          public Path file(String path) {
            return kept.file(columns.path("files").path(path).asText());
          }

          @Override
          public Feature reward(String name) throws IOException {
            String digest = columns.path("rewards").path(name).asText();
            return Features.reward(context, context.artifact(digest));
          }
        });
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> plain(JsonNode node) {
    return new ObjectMapper().convertValue(node, Map.class);
  }
}
