// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.values;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.store.content.Artifact;

/**
 * What those who gave feedback want, and what sways them: {@code gold.json} of a feedback stage.
 * Nothing is learned from it; what is learned is measured by it.
 *
 * @param values their name in the spec; null if the population has none in common
 * @param utility what answers are worth by them
 * @param topics that some know better than others: patterns of their prompts
 * @param lures words and phrases that please or sway somebody, by what they are for
 */
public record GoldStandard(
    @Nullable String values,
    @Nullable Utility utility,
    Map<String, Pattern> topics,
    Map<String, List<String>> lures) {
  private static final String FILE = "gold.json";

  /** So many phrases of a list are kept as lures. */
  private static final int PHRASES = 4;

  /**
   * Writes what is declared of those who give feedback into the artifact of a stage; nothing if
   * nothing is.
   *
   * @param values that labels are measured by
   */
  public static void keep(StageContext context, EvaluatorsSpec declared, @Nullable String values)
      throws IOException {
    Map<String, String> topics = new LinkedHashMap<>();
    groups(declared).forEach(group -> addTopics(topics, group));
    if (values == null && topics.isEmpty()) {
      return;
    }
    Map<String, Object> columns =
        values == null ? new LinkedHashMap<>() : KeptValues.columns(context, values);
    columns.put("topics", topics);
    columns.put("lures", lures(context, declared, values));
    JsonFiles.write(context.output().resolve(FILE), columns);
  }

  private static List<EvaluatorsSpec.Group> groups(EvaluatorsSpec declared) {
    Map<String, EvaluatorsSpec.Group> groups = declared.groups();
    return groups == null ? List.of() : List.copyOf(groups.values());
  }

  private static void addTopics(Map<String, String> topics, EvaluatorsSpec.Group group) {
    if (group.expertise() != null) {
      group.expertise().forEach((name, known) -> topics.putIfAbsent(name, known.matches()));
    }
    if (group.contexts() != null) {
      group
          .contexts()
          .forEach(
              (name, context) -> {
                if (context.where() != null) {
                  topics.putIfAbsent(name, context.where());
                }
              });
    }
  }

  private static Map<String, List<String>> lures(
      StageContext context, EvaluatorsSpec declared, @Nullable String values) {
    Map<String, List<String>> lures = new LinkedHashMap<>();
    for (@Nullable String next = values; next != null; ) {
      ValuesSpec spec = context.declared(Section.VALUES, next, ValuesSpec.class);
      spec.features().forEach((name, feature) -> add(lures, name, feature));
      next = spec.of();
    }
    for (EvaluatorsSpec.Group group : groups(declared)) {
      if (group.confidenceBias() != null) {
        FeatureSpec sure = declared.sureWhen();
        add(lures, "sounds sure", sure == null ? FeatureSpec.SoundsSure.usual() : sure);
      }
      if (group.sycophancyBias() != null) {
        FeatureSpec agrees = declared.agreesWhen();
        add(lures, "agrees", agrees == null ? FeatureSpec.AgreesWithAsker.usual() : agrees);
      }
      if (group.biases() != null) {
        group.biases().forEach((name, sway) -> add(lures, name, sway.of()));
      }
      if (group.malicious() != null && group.malicious().prefers() != null) {
        add(lures, "malice", group.malicious().prefers());
      }
    }
    return lures;
  }

  private static void add(Map<String, List<String>> lures, String name, FeatureSpec feature) {
    List<String> phrases =
        feature instanceof FeatureSpec.ContainsAny any
            ? any.words()
            : feature instanceof FeatureSpec.ContainsAll all
                ? all.words()
                : feature instanceof FeatureSpec.SoundsSure sounds
                    ? sounds.sure()
                    : feature instanceof FeatureSpec.AgreesWithAsker agrees
                        ? agrees.agreeing()
                        : List.of();
    if (!phrases.isEmpty()) {
      lures.putIfAbsent(name, phrases.subList(0, Math.min(PHRASES, phrases.size())));
    }
  }

  /**
   * What is known of those who gave the feedback that a node reads, or the first of several; null
   * if nothing is.
   */
  public static @Nullable GoldStandard of(StageContext context) throws IOException {
    for (String role : context.declarations().inputs()) {
      if (role.equals("feedback") || role.endsWith(".feedback")) {
        GoldStandard known = of(context, context.input(role));
        if (known != null) {
          return known;
        }
      }
    }
    return null;
  }

  /** Takes what is known of those who gave feedback over into the output; false if nothing is. */
  public static boolean takeOver(StageContext context, Artifact feedback) throws IOException {
    if (!Files.exists(feedback.file(FILE))) {
      return false;
    }
    context.takeOver(feedback.file(FILE), FILE);
    for (JsonNode kept : JsonFiles.read(feedback.file(FILE)).path("files")) {
      context.takeOver(feedback.file(kept.asText()), kept.asText());
    }
    return true;
  }

  /** What is known of those who gave feedback; null if nothing is. */
  public static @Nullable GoldStandard of(StageContext context, Artifact feedback)
      throws IOException {
    if (!Files.exists(feedback.file(FILE))) {
      return null;
    }
    JsonNode columns = JsonFiles.read(feedback.file(FILE));
    Map<String, Pattern> topics = new LinkedHashMap<>();
    columns
        .path("topics")
        .properties()
        .forEach(topic -> topics.put(topic.getKey(), Features.pattern(topic.getValue().asText())));
    Map<String, List<String>> lures = new LinkedHashMap<>();
    columns
        .path("lures")
        .properties()
        .forEach(
            lure -> {
              List<String> phrases = new ArrayList<>();
              lure.getValue().forEach(phrase -> phrases.add(phrase.asText()));
              lures.put(lure.getKey(), phrases);
            });
    boolean known = columns.has("values");
    return new GoldStandard(
        known ? columns.path("values").asText() : null,
        known ? KeptValues.open(context, feedback, columns) : null,
        topics,
        lures);
  }
}
