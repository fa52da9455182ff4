package org.plumbline.dsl.kotlin

import java.io.File
import java.nio.file.Files
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
import kotlin.script.experimental.jvm.dependenciesFromClassloader
import kotlin.script.experimental.jvm.impl.KJvmCompiledScript
import kotlin.script.experimental.jvm.jvm
import kotlin.script.experimental.jvmhost.BasicJvmScriptingHost
import kotlin.script.experimental.jvmhost.createJvmCompilationConfigurationFromTemplate
import kotlin.script.experimental.jvmhost.saveToJar
import org.plumbline.dsl.groovy.blocks.ImplicitReceiver
import org.plumbline.dsl.groovy.blocks.PlumbScript
import org.plumbline.dsl.groovy.script.CompileError

/** A Kotlin script that declares an experiment. */
@KotlinScript(
    displayName = "Plumbline experiment",
    fileExtension = "plumb.kts",
    compilationConfiguration = PlumbKotlinConfiguration::class,
)
abstract class PlumbKotlinScript : PlumbScript()

/**
 * How such a script is compiled: lambdas for [org.plumbline.dsl.groovy.blocks.Body] have their block
 * as receiver, by the compiler's own plugin for that.
 */
object PlumbKotlinConfiguration :
    ScriptCompilationConfiguration({
      jvm { dependenciesFromClassloader(classLoader = PlumbScript::class.java.classLoader, wholeClasspath = true) }
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
  private const val PLUGIN = "kotlin-sam-with-receiver-compiler-plugin-embeddable"

  /** An archive with the compiled script, or what the compiler found wrong. */
  class Compiled(val archive: ByteArray?, val errors: List<CompileError>)

  /** Compiles a script. Takes seconds the first time: the compiler has to start. */
  @JvmStatic
  fun compile(name: String, text: String): Compiled {
    val host = BasicJvmScriptingHost()
    val configuration = createJvmCompilationConfigurationFromTemplate<PlumbKotlinScript>()
    val source: SourceCode = StringScriptSource(text, name)
    val result = host.runInCoroutineContext { host.compiler(source, configuration) }
    val errors =
        result.reports.filter { it.severity >= ScriptDiagnostic.Severity.ERROR }.map(::error)
    if (result !is ResultWithDiagnostics.Success) {
      return Compiled(null, errors)
    }
    val archive = Files.createTempFile("plumb", ".jar").toFile()
    try {
      (result.value as KJvmCompiledScript).saveToJar(archive)
      return Compiled(archive.readBytes(), emptyList())
    } finally {
      archive.delete()
    }
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

  /** The plugin's archive lies beside the others on the class path. */
  fun plugin(): String =
      System.getProperty("java.class.path")
          .split(File.pathSeparator)
          .firstOrNull { it.contains(PLUGIN) }
          ?: throw IllegalStateException("$PLUGIN is not on the class path")
}
