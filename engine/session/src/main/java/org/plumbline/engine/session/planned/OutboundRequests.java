// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.session.planned;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Position;
import org.plumbline.dsl.model.diagnostic.SourceFile;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.endpoint.EndpointAddress;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanJson;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.rlhf.judge.EndpointKey;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.record.Secrets;

/**
 * What a plan sends to other machines: everything that leaves this one.
 *
 * @param sends one for each endpoint
 */
public record OutboundRequests(List<Send> sends) {

  /** What asks nobody when it is computed: whoever reads it does. */
  private static final Set<String> SILENT =
      Set.of(
          "ai_judge", "best_of_n", "quantilizer", "rejection_sampling", "shield", "policy_mixture");

  /** What asks, and whose readers ask as well. */
  private static final Set<String> PASSED_ON = Set.of("multi_objective");

  /**
   * Texts that go to an endpoint.
   *
   * @param name of the model in the spec
   * @param nodes whose prompts and answers are sent
   */
  record Send(String name, ModelSpec.Endpoint endpoint, Set<String> nodes) {}

  /** Whether an operation asks nobody itself. */
  static boolean isSilent(String operation) {
    return SILENT.contains(operation);
  }

  /** Whether those who read a result of an operation ask as well. */
  static boolean isPassedOn(String operation) {
    return SILENT.contains(operation) || PASSED_ON.contains(operation);
  }

  public static OutboundRequests of(Plan plan) {
    Map<String, Send> sends = new LinkedHashMap<>();
    Map<String, Map<String, Object>> asked = new HashMap<>();
    for (PlanNode node : plan.nodes()) { // what a node reads stands before it
      Map<String, Object> models = models(node, asked);
      boolean silent = isSilent(node.operation());
      if (isPassedOn(node.operation())) {
        asked.put(node.id(), models);
      }
      if (silent) {
        continue;
      }
      models.forEach(
          (name, plain) -> {
            if (endpoint(plain) instanceof ModelSpec.Endpoint endpoint) {
              sends
                  .computeIfAbsent(
                      name + " " + endpoint,
                      unseen -> new Send(name, endpoint, new LinkedHashSet<>()))
                  .nodes()
                  .add(node.name());
            }
          });
    }
    return new OutboundRequests(List.copyOf(sends.values()));
  }

  /** The models that a node asks: those it declares, and those of the rewards that it reads. */
  private static Map<String, Object> models(PlanNode node, Map<String, Map<String, Object>> asked) {
    Map<String, Object> models =
        new LinkedHashMap<>(node.declared().getOrDefault(Section.MODELS.key(), Map.of()));
    node.needs().forEach(read -> models.putAll(asked.getOrDefault(read, Map.of())));
    return models;
  }

  @SuppressWarnings("unchecked")
  private static ModelSpec endpoint(Object plain) {
    return Specs.bindCanonical(ModelSpec.class, (Map<String, Object>) plain);
  }

  /** The names of the nodes that ask somebody outside. */
  public Set<String> nodes() {
    Set<String> nodes = new LinkedHashSet<>();
    sends.forEach(send -> nodes.addAll(send.nodes()));
    return nodes;
  }

  /** The variables that keys are taken from. */
  private Set<String> variables() {
    Set<String> variables = new LinkedHashSet<>();
    sends.forEach(send -> variables.add(send.endpoint().keyVariable()));
    return variables;
  }

  /**
   * Reads the keys, so that nothing that is said from now on holds one.
   *
   * @return what is wrong with them, by the name of the variable
   */
  public Map<String, StageFailure> keys(Map<String, String> environment) {
    Map<String, StageFailure> wrong = new LinkedHashMap<>();
    for (String variable : variables()) {
      try {
        EndpointKey.of(variable, environment);
      } catch (StageFailure failure) {
        wrong.put(variable, failure);
      }
    }
    return wrong;
  }

  /** What is wrong with the keys, with the places in the spec that name the variables. */
  public List<Diagnostic> keys(Map<String, String> environment, SpecResult spec) {
    Map<String, StageFailure> wrong = keys(environment);
    List<Diagnostic> diagnostics = new ArrayList<>();
    for (Send send : sends) {
      StageFailure failure = wrong.remove(send.endpoint().keyVariable());
      if (failure != null) {
        diagnostics.add(
            Diagnostic.of(
                    Code.PLB0907,
                    spec.spanOf("models." + send.name() + ".key_variable"),
                    String.valueOf(failure.getMessage()))
                .help(String.valueOf(failure.help())));
      }
    }
    return diagnostics;
  }

  /** That a key stands in the spec itself, of which everything is kept. */
  static List<Diagnostic> exposed(SpecResult spec, Plan plan) {
    SourceFile file = spec.file();
    int lines = (int) file.text().lines().count();
    for (int number = 1; number <= lines; number++) {
      String line = file.line(number).orElse("");
      String masked = Secrets.mask(line);
      if (!masked.equals(line)) {
        return List.of(exposed(difference(file, number, line, masked)));
      }
    }
    String all = PlanJson.write(plan);
    return Secrets.mask(all).equals(all) ? List.of() : List.of(exposed(Span.of(file)));
  }

  private static Diagnostic exposed(Span span) {
    return Diagnostic.of(
            Code.PLB0338, span, "the spec holds the value of the environment variable of a key")
        .help("leave it out; if it is only a placeholder, give the variable another value");
  }

  private static Span difference(SourceFile file, int number, String line, String masked) {
    int from = 0;
    while (from < masked.length()
        && from < line.length()
        && line.charAt(from) == masked.charAt(from)) {
      from++;
    }
    int start = 1 + line.codePointCount(0, from);
    int end = 1 + line.codePointCount(0, line.length());
    return new Span(file, new Position(number, start), new Position(number, end));
  }

  /** What is sent, a line for each endpoint. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Send send : sends) {
      lines.add(
          "Sends prompts and answers of %s to %s (model `%s`, key from the variable %s)."
              .formatted(
                  String.join(", ", send.nodes()),
                  address(send),
                  send.endpoint().model(),
                  send.endpoint().keyVariable()));
    }
    return lines;
  }

  /** What is sent, for programs. */
  public List<Object> plain() {
    List<Object> plain = new ArrayList<>();
    for (Send send : sends) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", send.name());
      one.put("address", address(send));
      one.put("model", send.endpoint().model());
      one.put("keyVariable", send.endpoint().keyVariable());
      one.put("nodes", List.copyOf(send.nodes()));
      plain.add(one);
    }
    return plain;
  }

  private static String address(Send send) {
    EndpointAddress address = new EndpointAddress(send.endpoint().url());
    return address.completions().map(Object::toString).orElseGet(address::shown);
  }
}
