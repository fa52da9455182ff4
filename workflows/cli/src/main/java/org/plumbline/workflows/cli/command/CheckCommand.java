// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.dsl.model.Experiment;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.engine.session.SeenPrompts;
import org.plumbline.engine.session.planned.ModelFolders;
import org.plumbline.engine.session.planned.PlannedSpec;
import org.plumbline.engine.session.planned.SpecPrompts;
import org.plumbline.engine.session.planned.SpecRows;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.Diagnosis;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.page.Phrase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * Reads specs and says what is wrong with them; needs neither data nor store. Of models that come
 * from elsewhere it looks at the headers; where the data is there, it counts how many of the
 * prompts that recipes are compared on are seen upstream.
 */
@Command(name = "check", description = "Read specs and say everything that is wrong with them.")
final class CheckCommand implements Callable<Integer> {

  @ParentCommand private @Nullable Plumb plumb;
  @Mixin private SpecArguments arguments = new SpecArguments();

  @Parameters(paramLabel = "SPEC", arity = "1..*", description = "files such as my.plumb.yaml")
  private List<Path> specs = new ArrayList<>();

  @Override
  public Integer call() {
    Plumb given = Injected.of(plumb);
    Console console = given.console();
    List<Diagnostic> all = new ArrayList<>();
    boolean wrong = false;
    for (Path spec : specs) {
      SpecResult result = arguments.read(given, spec);
      List<Diagnostic> found = new ArrayList<>(result.diagnostics());
      Path folder = PlannedSpec.folderOf(given.path(spec));
      found.addAll(ModelFolders.check(result, folder));
      found.addAll(SpecRows.check(result, folder));
      Optional<SeenPrompts> seen =
          result.hasErrors() ? Optional.empty() : SpecPrompts.seen(result, folder);
      found.addAll(SpecPrompts.warnings(result, seen.orElse(null)));
      all.addAll(found);
      wrong |= found.stream().anyMatch(Diagnostic::isError);
      if (console.format() == Format.HUMAN) {
        Diagnosis.result(console, found);
        if (found.isEmpty()) {
          console.result(summary(spec, result));
        }
        // Of prompts that were seen a warning has spoken.
        seen.filter(prompts -> prompts.seen() == 0)
            .ifPresent(prompts -> console.result(prompts.sentence()));
      }
    }
    if (console.format() != Format.HUMAN) {
      Diagnosis.result(console, all);
    }
    return wrong ? ExitCode.MISTAKE : ExitCode.OK;
  }

  /** The recipes that a plan has: those that are compared; else every policy and variant. */
  private static int compared(SpecResult result) {
    return result
        .experiment()
        .map(Experiment::compare)
        .map(CompareSpec::recipes)
        .filter(recipes -> !recipes.isEmpty())
        .map(List::size)
        .orElse(result.recipes().size());
  }

  private static String summary(Path spec, SpecResult result) {
    int seeds = result.experiment().map(e -> e.seeds().size()).orElse(0);
    String recipes = Phrase.count(compared(result), "recipe");
    return spec + ": no errors, no warnings (" + recipes + ", " + Phrase.count(seeds, "seed") + ")";
  }
}
