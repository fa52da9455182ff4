package org.plumbline.dsl.kotlin

import groovy.lang.Closure
import java.io.File
import kotlin.script.experimental.annotations.KotlinScript
import kotlin.script.experimental.api.ResultWithDiagnostics
import kotlin.script.experimental.api.ScriptAcceptedLocation
import kotlin.script.experimental.api.ScriptCompilationConfiguration
import kotlin.script.experimental.api.ScriptDiagnostic
import kotlin.script.experimental.api.SourceCode
import kotlin.script.experimental.api.acceptedLocations
import kotlin.script.experimental.api.compilerOptions
import kotlin.script.experimental.api.ide
import kotlin.script.experimental.host.StringScriptSource
import kotlin.script.experimental.jvm.impl.KJvmCompiledModuleInMemory
import kotlin.script.experimental.jvm.impl.KJvmCompiledScript
import kotlin.script.experimental.jvm.jvm
import kotlin.script.experimental.jvm.updateClasspath
import kotlin.script.experimental.jvmhost.BasicJvmScriptingHost
import kotlin.script.experimental.jvmhost.createJvmCompilationConfigurationFromTemplate
import org.jetbrains.kotlin.samWithReceiver.SamWithReceiverComponentRegistrar
import org.jspecify.annotations.NullMarked
import org.plumbline.dsl.script.CompileError
import org.plumbline.dsl.script.CompiledScript
import org.plumbline.dsl.script.ScriptArchive
import org.plumbline.dsl.script.blocks.ImplicitReceiver
import org.plumbline.dsl.script.blocks.ScriptBlock

/** A Kotlin script that declares an experiment. */
@KotlinScript(
  displayName = "Plumbline experiment",
  fileExtension = "plumb.kts",
  compilationConfiguration = PlumbKotlinConfiguration::class,
)
abstract class PlumbKotlinScript : KotlinSpec()

/**
 * How such a script is compiled: lambdas for [org.plumbline.dsl.script.blocks.Body] have their
 * block as receiver, by the compiler's own plugin for that.
 */
object PlumbKotlinConfiguration :
  ScriptCompilationConfiguration({
    jvm { updateClasspath(ScriptCompiler.library()) }
    compilerOptions(
      "-Xplugin=${ScriptCompiler.plugin()}",
      "-P",
      "plugin:org.jetbrains.kotlin.samWithReceiver:annotation=${ImplicitReceiver::class.java.name}",
      "-jvm-target",
      "17",
    )
    ide { acceptedLocations(ScriptAcceptedLocation.Everywhere) }
  }) {
  private fun readResolve(): Any = PlumbKotlinConfiguration
}

/** Compiles Kotlin scripts; the only user of the scripting host. */
internal object ScriptCompiler {
  private const val CLASS = ".class"

  /** Compiles a script. Takes seconds the first time: the compiler has to start. */
  @JvmStatic
  fun compile(name: String, text: String): CompiledScript {
    val host = BasicJvmScriptingHost()
    val configuration = createJvmCompilationConfigurationFromTemplate<PlumbKotlinScript>()
    val source: SourceCode = StringScriptSource(text, name)
    val result = host.runInCoroutineContext { host.compiler(source, configuration) }
    val errors =
      result.reports.filter { it.severity >= ScriptDiagnostic.Severity.ERROR }.map(::error)
    if (result !is ResultWithDiagnostics.Success) {
      return CompiledScript(null, errors, KotlinStatements.idle(name, text))
    }
    val script = result.value as KJvmCompiledScript
    val files = (script.getCompiledModule() as KJvmCompiledModuleInMemory).compilerOutputFiles
    val classes =
      files
        .filterKeys { it.endsWith(CLASS) }
        .mapKeys { (path, _) -> path.removeSuffix(CLASS).replace('/', '.') }
    return CompiledScript(
      ScriptArchive.pack(script.scriptClassFQName, classes),
      emptyList(),
      KotlinStatements.idle(name, text),
    )
  }

  private fun error(report: ScriptDiagnostic): CompileError {
    val start = report.location?.start
    val end = report.location?.end ?: start
    return CompileError(
      report.message,
      start?.line ?: 0,
      start?.col ?: 0,
      end?.line ?: 0,
      end?.col ?: 0,
    )
  }

  /** The archive of the compiler's plugin. */
  fun plugin(): String = archive(SamWithReceiverComponentRegistrar::class.java).path

  /** What scripts are compiled against; far less than all that is on the class path. */
  fun library(): List<File> =
    listOf(
        PlumbKotlinScript::class.java,
        ScriptBlock::class.java,
        Closure::class.java,
        KotlinVersion::class.java,
        KotlinScript::class.java,
        NullMarked::class.java,
      )
      .map(::archive)
      .distinct()

  /** Where a class was loaded from; that may be behind the manifest of another archive. */
  private fun archive(type: Class<*>): File =
    File(type.protectionDomain.codeSource.location.toURI())
}
