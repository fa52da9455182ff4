// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.dsl.model.diagnostic.Code;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.model.diagnostic.Severity;
import org.plumbline.dsl.model.diagnostic.Span;
import org.plumbline.dsl.model.endpoint.EndpointAddress;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.shape.Rewriting;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.spec.bind.Reference;
import org.plumbline.dsl.spec.bind.Suggest;

/** Checks models, what is trained from them, and whether answers fit into them. */
final class ModelCheck {
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Keys whose policy lends its weights, for training or as a reference. */
  private static final Set<String> TRAINS_FROM = Set.of("from", "reference");

  /** The key that names the model of a judge, which need not be one that is trained. */
  private static final String JUDGES = "model";

  private final Scope scope;

  ModelCheck(Scope scope) {
    this.scope = scope;
  }

  void run() {
    scope.binding().references().forEach(this::trainable);
    for (ModelSpec model : scope.experiment().models().values()) {
      if (model instanceof ModelSpec.Endpoint endpoint) {
        address(endpoint);
      }
    }
    contexts();
    scope.experiment().data().forEach(this::holdOut);
    scope.experiment().data().values().forEach(this::container);
  }

  private void trainable(Reference reference) {
    if (reference.section() != Section.POLICIES_OR_MODELS) {
      return;
    }
    String key = reference.path().get(reference.path().size() - 1);
    PolicySpec policy = scope.experiment().policies().get(reference.name());
    boolean declaredPolicy = scope.binding().names("policies").containsKey(reference.name());
    ModelSpec model = scope.experiment().models().get(reference.name());
    if (key.equals(JUDGES)) {
      if (policy != null && onlySamples(policy)) {
        scope.add(
            Diagnostic.of(
                    Code.PLB0212,
                    reference.span(),
                    "`"
                        + reference.name()
                        + "` is a way of sampling and cannot judge: it has no probabilities of its"
                        + " own")
                .related(scope.places().block(policy), "declared here")
                .help("name the policy that it samples"));
      }
    } else if (policy != null && onlySamples(policy) && TRAINS_FROM.contains(key)) {
      scope.add(
          Diagnostic.of(
                  Code.PLB0219,
                  reference.span(),
                  "`" + reference.name() + "` is a way of sampling and has no weights of its own")
              .related(scope.places().block(policy), "declared here")
              .help("name the policy that it samples"));
    } else if (!declaredPolicy && model != null && Shape.of(model.getClass()).declared()) {
      String kind = Shape.of(model.getClass()).kind();
      scope.add(
          Diagnostic.of(
                  Code.PLB0211,
                  reference.span(),
                  "`" + reference.name() + "` is of kind `" + kind + "`: it can only judge")
              .related(scope.places().block(model), "declared here")
              .help("name a policy, or a model that can be trained"));
    }
  }

  /** Whether the method only samples from another policy, and has no weights to go on from. */
  private static boolean onlySamples(PolicySpec policy) {
    return policy instanceof PolicySpec.BestOfN
        || policy instanceof OnlinePolicySpec.RejectionSampling
        || policy instanceof OnlinePolicySpec.Quantilizer
        || policy instanceof OnlinePolicySpec.Shield
        || policy instanceof OnlinePolicySpec.PolicyMixture;
  }

  private void address(ModelSpec.Endpoint endpoint) {
    EndpointAddress address = new EndpointAddress(endpoint.url());
    Span place = scope.places().value(endpoint, "url");
    Optional<String> secret = address.secret();
    if (secret.isPresent()) {
      scope.add(
          Code.PLB0336,
          place,
          "the address of an endpoint holds " + secret.get(),
          "put the key into an environment variable and give its name as `key_variable`");
    } else if (address.completions().isEmpty()) {
      scope.add(
          Code.PLB0323,
          place,
          "`" + address.shown() + "` is not the base address of an endpoint",
          address.goesTooFar()
              ? "leave `/chat/completions` out: it is added"
              : "write it as in `http://localhost:8000/v1`");
    } else if (address.overheard()) {
      scope.add(
          Code.PLB0337,
          place,
          "texts and key go to `" + address.host() + "` unencrypted",
          "use `https://`, or a tunnel that ends on this machine");
    }
    if (!VARIABLE.matcher(endpoint.keyVariable()).matches()) {
      // The text is not repeated: it may be the key itself.
      scope.add(
          Code.PLB0324,
          scope.places().value(endpoint, "key_variable"),
          "`key_variable` is not the name of an environment variable",
          "put the key into a variable and give the variable's name; a spec holds no secrets");
    }
  }

  private void holdOut(String name, DataSpec data) {
    double held = data.holdOut();
    if (held > 1 && held != Math.rint(held)) {
      scope.add(
          Code.PLB0311,
          scope.places().value(data, "hold_out"),
          "`hold_out` of `" + name + "` is neither a share nor a number of rows",
          "give a share below 1, such as 0.1, or a whole number of rows");
    } else if (held == 1) {
      scope.add(
          Diagnostic.of(
                  Code.PLB0311,
                  scope.places().value(data, "hold_out"),
                  "`hold_out: 1` sets a single row of `" + name + "` aside")
              .as(Severity.WARNING)
              .help("below 1 it is a share, from 1 on a number of rows"));
    } else if (data.limit() != null && held >= 1 && held >= data.limit()) {
      scope.add(
          Diagnostic.of(
                  Code.PLB0311,
                  scope.places().value(data, "hold_out"),
                  "`hold_out` leaves nothing of the " + data.limit() + " rows of `" + name + "`")
              .related(scope.places().value(data, "limit"), "the limit")
              .help("hold fewer rows out, or a share below 1"));
    }
  }

  private void container(DataSpec data) {
    boolean oneCharacter =
        data.separator().length() == 1 && "\"\r\n".indexOf(data.separator().charAt(0)) < 0;
    if (!oneCharacter) {
      scope.add(
          Code.PLB0304,
          scope.places().value(data, "separator"),
          "`separator` must be one character, and neither a quote nor a line end",
          "write it as in `separator: \";\"`, a tab as `separator: \"\\t\"`");
    } else if (data.csv() == null && !data.separator().equals(",")) {
      scope.add(
          Code.PLB0322,
          scope.places().value(data, "separator"),
          "only CSV files have a `separator`",
          "leave it out, or name the file with `csv:`");
    }
    Map<String, String> columns = data.columns();
    if (columns != null) {
      columns.keySet().stream()
          .filter(name -> !DataSpec.COLUMNS.contains(name))
          .forEach(name -> unknownColumn(data, name));
    }
  }

  private void unknownColumn(DataSpec data, String name) {
    scope.add(
        Code.PLB0304,
        scope.places().value(data, "columns"),
        "`" + name + "` is no column of any shape of rows",
        Suggest.near(name, DataSpec.COLUMNS)
            .map(near -> "did you mean `" + near + "`?")
            .orElse("write it as in `columns: { prompt: question }`: first the name used here"));
  }

  private void contexts() {
    Experiment experiment = scope.experiment();
    experiment.feedback().values().forEach(feedback -> fits(feedback, "of"));
    experiment.policies().values().forEach(policy -> fits(policy, "from"));
    CompareSpec compare = experiment.compare();
    if (compare != null && !compare.recipes().isEmpty()) {
      fits(compare, compare.against(), compare.maxNewTokens());
    }
  }

  private void fits(Object block, String key) {
    Object from = Rewriting.read(block, key);
    Object tokens = Rewriting.read(block, "max_new_tokens");
    if (from instanceof String name && tokens instanceof Integer longest) {
      fits(block, name, longest);
    }
  }

  private void fits(Object block, String from, int tokens) {
    ModelSpec model = scope.experiment().models().get(scope.base(from).orElse(""));
    Object context = model == null ? null : Rewriting.read(model, "context");
    if (model == null || !(context instanceof Integer most) || tokens < most) {
      return;
    }
    scope.add(
        Diagnostic.of(
                Code.PLB0314,
                scope.places().value(block, "max_new_tokens"),
                "answers of " + tokens + " tokens leave no room for a prompt")
            .related(
                scope.places().value(model, "context"),
                "the model reads " + most + " tokens in all")
            .help("lower `max_new_tokens`, or raise `context`"));
  }
}
