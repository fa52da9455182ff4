// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The directions between modules, and what each may touch: house style, section 1. */
class ArchitectureTest {

  private static final String ROOT = "org.plumbline";
  private static final Set<String> SERVICES = Set.of();

  private static final Set<String> DELETING =
      Set.of("delete", "deleteIfExists", "deleteOnExit", "deleteFile", "deleteDirectory");

  private static JavaClasses all;

  @BeforeAll
  static void readAllClasses() {
    all =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);
  }

  @Test
  void everyModuleIsLookedAt() {
    Set<String> modules =
        all.stream().map(c -> module(c)).flatMap(Optional::stream).collect(Collectors.toSet());

    assertThat(modules)
        .contains(
            "dsl.model",
            "dsl.spec",
            "dsl.script",
            "dsl.groovy",
            "dsl.kotlin",
            "dsl.lsp",
            "engine.plan",
            "engine.store",
            "engine.run",
            "engine.statistics",
            "engine.artifact",
            "engine.lm",
            "engine.rlhf",
            "engine.report",
            "engine.session",
            "workflows.temporal",
            "workflows.cli");
  }

  private static Architectures.LayeredArchitecture layers() {
    return Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("model")
        .definedBy("org.plumbline.dsl.model..")
        .layer("spec")
        .definedBy("org.plumbline.dsl.spec..")
        .layer("script")
        .definedBy("org.plumbline.dsl.script..")
        .layer("groovy")
        .definedBy("org.plumbline.dsl.groovy..")
        .layer("kotlin")
        .definedBy("org.plumbline.dsl.kotlin..")
        .layer("lsp")
        .definedBy("org.plumbline.dsl.lsp..")
        .layer("plan")
        .definedBy("org.plumbline.engine.plan..")
        .layer("store")
        .definedBy("org.plumbline.engine.store..")
        .layer("run")
        .definedBy("org.plumbline.engine.run..")
        .layer("statistics")
        .definedBy("org.plumbline.engine.statistics..")
        .layer("artifact")
        .definedBy("org.plumbline.engine.artifact..")
        .layer("lm")
        .definedBy("org.plumbline.engine.lm..")
        .layer("rlhf")
        .definedBy("org.plumbline.engine.rlhf..")
        .layer("report")
        .definedBy("org.plumbline.engine.report..")
        .layer("session")
        .definedBy("org.plumbline.engine.session..")
        .layer("temporal")
        .definedBy("org.plumbline.workflows.temporal..")
        .layer("cli")
        .definedBy("org.plumbline.workflows.cli..");
  }

  @Test
  void modulesPointDownwardsOnly() {
    layers()
        .whereLayer("spec")
        .mayOnlyAccessLayers("model")
        .whereLayer("model")
        .mayNotAccessAnyLayer()
        .whereLayer("script")
        .mayOnlyAccessLayers("model", "spec")
        .whereLayer("groovy")
        .mayOnlyAccessLayers("model", "spec", "script")
        .whereLayer("kotlin")
        .mayOnlyAccessLayers("model", "spec", "script")
        .whereLayer("lsp")
        .mayOnlyAccessLayers("model", "spec")
        .whereLayer("plan")
        .mayOnlyAccessLayers("model")
        .whereLayer("store")
        .mayOnlyAccessLayers("model", "plan")
        .whereLayer("run")
        .mayOnlyAccessLayers("model", "plan", "store")
        .whereLayer("statistics")
        .mayNotAccessAnyLayer()
        .whereLayer("artifact")
        .mayNotAccessAnyLayer()
        .whereLayer("lm")
        .mayNotAccessAnyLayer()
        .whereLayer("rlhf")
        .mayOnlyAccessLayers("model", "store", "run", "statistics", "artifact", "lm")
        .whereLayer("report")
        .mayOnlyAccessLayers("model", "plan", "store", "statistics", "artifact")
        .whereLayer("session")
        .mayOnlyAccessLayers(
            "model", "spec", "plan", "store", "run", "artifact", "lm", "rlhf", "report")
        .whereLayer("temporal")
        .mayOnlyAccessLayers("store", "run")
        .check(all);
  }

  @Test
  void packagesFormNoCircles() {
    slices().matching("org.plumbline.(**)").should().beFreeOfCycles().check(all);
  }

  @Test
  void everyLibraryHasItsPlace() {
    only("ai.djl..", "org.plumbline.engine.lm.internal..", "ai.djl..");
    only("io.temporal..", "org.plumbline.workflows.temporal..");
    only("io.grpc..", "org.plumbline.workflows.temporal..");
    // The blocks that both script languages share have closures for the one and bear the mark of a
    // language for the other. Kotlin's compiler needs the type of the closures with them.
    only(
        "groovy..",
        "org.plumbline.dsl.groovy..",
        "org.plumbline.dsl.kotlin..",
        "org.plumbline.dsl.script.blocks..");
    only("kotlin..", "org.plumbline.dsl.kotlin..", "org.plumbline.dsl.script.blocks..");
    // DuckDB's library is unpacked and loaded with its first class.
    only("org.duckdb..", "org.plumbline.engine.rlhf.data.parquet..");
    only("de.siegmar.fastcsv..", "org.plumbline.engine.rlhf.data..");
    only("io.micrometer..", "org.plumbline.workflows.temporal.metrics..");
    only("com.sun.net.httpserver..", "org.plumbline.workflows.temporal.metrics..");
    only("picocli..", "org.plumbline.workflows.cli..");
    // While one writes, a spec is read up to where it breaks: by the parser's events.
    only("org.snakeyaml..", "org.plumbline.dsl.spec.yaml..", "org.plumbline.dsl.lsp..");
    only("org.eclipse.lsp4j..", "org.plumbline.dsl.lsp..");
  }

  private static void only(String library, String... where) {
    noClasses()
        .that(resideOutsideOfPackages(where))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .allowEmptyShould(true)
        .check(all);
  }

  @Test
  void onlyTheCommandTalksToTheStreamsAndEndsTheProcess() {
    noClasses()
        .that(resideOutsideOfPackages("org.plumbline.workflows.cli.."))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(all);
  }

  @Test
  void onlyOneClassDeletes() {
    noClasses()
        .that(
            describe(
                "are not Deletion or the folders that it holds",
                c ->
                    !c.getName().equals("org.plumbline.engine.store.disk.Deletion")
                        && !c.getName().startsWith("org.plumbline.engine.store.disk.HeldFolder")))
        .should()
        .callMethodWhere(
            describe(
                "deletes, or deletes at the end",
                call ->
                    DELETING.contains(call.getTarget().getName())
                        && (call.getTargetOwner().getPackageName().startsWith("java.nio.file")
                            || call.getTargetOwner().getPackageName().startsWith("java.io"))))
        .orShould()
        .accessField(StandardOpenOption.class, "DELETE_ON_CLOSE")
        .orShould()
        .accessField(StandardCopyOption.class, "REPLACE_EXISTING")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("kotlin.io.FilesKt")
        .check(all);
  }

  @Test
  void internalPackagesAreUsedByTheirOwnModuleOnly() {
    classes()
        .that()
        .resideInAPackage("..internal..")
        .should(
            new ArchCondition<JavaClass>("be used by their own module only") {
              @Override
              public void check(JavaClass used, ConditionEvents events) {
                used.getDirectDependenciesToSelf().stream()
                    .filter(d -> !module(d.getOriginClass()).equals(module(used)))
                    .forEach(d -> events.add(SimpleConditionEvent.violated(d, d.getDescription())));
              }
            })
        .check(all);
  }

  @Test
  void workflowCodeHasNeitherClockNorRandomNorThreadsNorDisk() {
    DescribedPredicate<JavaClass> workflow = resideInAnyPackage("..workflow..");
    noClasses()
        .that(workflow)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.util.concurrent..")
                .or(
                    describe(
                        "are clocks, random or threads",
                        c ->
                            Set.of(
                                    "java.lang.System",
                                    "java.lang.Thread",
                                    "java.time.Instant",
                                    "java.time.Clock",
                                    "java.util.Random",
                                    "java.util.UUID",
                                    "java.util.HashMap",
                                    "java.util.HashSet")
                                .contains(c.getName()))))
        .check(all);
    fields()
        .that()
        .areDeclaredInClassesThat(workflow)
        .and()
        .areStatic()
        .should()
        .beFinal()
        .check(all);
  }

  @Test
  void everyPackageIsNullMarkedAndDescribed() {
    Set<String> described =
        all.stream()
            .filter(c -> c.getSimpleName().equals("package-info"))
            .filter(c -> c.isAnnotatedWith(NullMarked.class))
            .map(JavaClass::getPackageName)
            .collect(Collectors.toSet());
    Set<String> packages =
        all.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
    packages.removeAll(described);
    packages.removeAll(SERVICES);

    assertThat(packages).isEmpty();
  }

  /** Whoever searches for a class finds one. */
  @Test
  void noSimpleNameStandsTwice() {
    Map<String, List<String>> byName =
        all.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(c -> !c.getSimpleName().equals("package-info"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    Collectors.mapping(JavaClass::getName, Collectors.toList())));
    byName.values().removeIf(same -> same.size() == 1);

    assertThat(byName).isEmpty();
  }

  @Test
  void nothingUsesJavasOwnLoggingOrOptionalFields() {
    noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..").check(all);
    noFields().should().haveRawType(Optional.class).check(all);
  }

  @Test
  void noExceptionIsThrownThatSaysNothing() {
    noClasses()
        .should()
        .callConstructor(RuntimeException.class, String.class)
        .orShould()
        .callConstructor(RuntimeException.class, Throwable.class)
        .orShould()
        .callConstructor(RuntimeException.class, String.class, Throwable.class)
        .orShould()
        .callConstructor(Exception.class, String.class)
        .check(
            all.that(
                describe("are no exceptions themselves", c -> !c.isAssignableTo(Throwable.class))));
  }

  @Test
  void utilitiesCannotBeMade() {
    classes()
        .that(
            describe(
                "have static methods only",
                c ->
                    !c.isInterface()
                        && !c.isAssignableTo(Throwable.class)
                        && !c.isEnum()
                        && !c.isNestedClass()
                        && !c.getMethods().isEmpty()
                        && c.getFields().stream()
                            .allMatch(f -> f.getModifiers().contains(JavaModifier.STATIC))
                        && c.getMethods().stream()
                            .allMatch(m -> m.getModifiers().contains(JavaModifier.STATIC))))
        .should()
        .haveOnlyPrivateConstructors()
        .check(all);
  }

  private static Optional<String> module(JavaClass c) {
    String[] parts = c.getPackageName().split("\\.");
    boolean ours = parts.length > 3 && c.getPackageName().startsWith(ROOT + ".");
    return ours ? Optional.of(parts[2] + "." + parts[3]) : Optional.empty();
  }
}
