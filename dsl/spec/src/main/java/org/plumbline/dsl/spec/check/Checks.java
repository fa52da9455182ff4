// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.spec.check;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.spec.bind.Binding;

/** All checks that concern more than one key. */
public final class Checks {
  private Checks() {}

  /** Checks a bound spec; entries that have errors already are passed over. */
  public static List<Diagnostic> of(Binding binding) {
    List<Diagnostic> found = new ArrayList<>();
    new NameCheck(binding, found).run();
    Experiment experiment = binding.experiment();
    if (experiment != null) {
      Scope scope = new Scope(binding, experiment, found);
      new ValuesCheck(scope).run();
      new RegexCheck(scope).run();
      new PeopleCheck(scope).run();
      new ModelCheck(scope).run();
      new TrainingCheck(scope).run();
      new LikelihoodCheck(scope).run();
      new TrunkCheck(scope).run();
      new CompareCheck(scope).run();
      new MetricCheck(scope).run();
      new ShareCheck(scope).run();
      new HiringCheck(scope).run();
      new CollectionCheck(scope).run();
      new MethodCheck(scope).run();
      new RoundsCheck(scope).run();
      new PreferenceCheck(scope).run();
      new OversightCheck(scope).run();
      new NoEffectCheck(scope).run();
    }
    return found;
  }

  /**
   * Finds what no stage computes yet.
   *
   * @param bindings the spec as it stands, and as it is bound in each variant
   */
  public static List<Diagnostic> notAvailable(List<Binding> bindings) {
    return Availability.of(bindings);
  }

  /**
   * Warns about entries that nothing uses.
   *
   * @param bindings the spec as it stands, first, and as it is bound in each variant
   */
  public static List<Diagnostic> unused(List<Binding> bindings) {
    return UnusedCheck.run(bindings);
  }
}
