package org.plumbline.dsl.kotlin

import org.jetbrains.kotlin.K1Deprecation
import org.jetbrains.kotlin.cli.jvm.compiler.EnvironmentConfigFiles
import org.jetbrains.kotlin.cli.jvm.compiler.KotlinCoreEnvironment
import org.jetbrains.kotlin.com.intellij.openapi.util.Disposer
import org.jetbrains.kotlin.com.intellij.psi.PsiElement
import org.jetbrains.kotlin.com.intellij.psi.util.PsiTreeUtil
import org.jetbrains.kotlin.config.CompilerConfiguration
import org.jetbrains.kotlin.lexer.KtTokens
import org.jetbrains.kotlin.psi.KtBinaryExpression
import org.jetbrains.kotlin.psi.KtBlockExpression
import org.jetbrains.kotlin.psi.KtBreakExpression
import org.jetbrains.kotlin.psi.KtCallExpression
import org.jetbrains.kotlin.psi.KtCatchClause
import org.jetbrains.kotlin.psi.KtConstantExpression
import org.jetbrains.kotlin.psi.KtContainerNodeForControlStructureBody
import org.jetbrains.kotlin.psi.KtContinueExpression
import org.jetbrains.kotlin.psi.KtDeclaration
import org.jetbrains.kotlin.psi.KtExpression
import org.jetbrains.kotlin.psi.KtFile
import org.jetbrains.kotlin.psi.KtFinallySection
import org.jetbrains.kotlin.psi.KtForExpression
import org.jetbrains.kotlin.psi.KtFunctionLiteral
import org.jetbrains.kotlin.psi.KtIfExpression
import org.jetbrains.kotlin.psi.KtLabeledExpression
import org.jetbrains.kotlin.psi.KtLambdaExpression
import org.jetbrains.kotlin.psi.KtLoopExpression
import org.jetbrains.kotlin.psi.KtNameReferenceExpression
import org.jetbrains.kotlin.psi.KtNamedDeclaration
import org.jetbrains.kotlin.psi.KtNamedFunction
import org.jetbrains.kotlin.psi.KtOperationReferenceExpression
import org.jetbrains.kotlin.psi.KtParenthesizedExpression
import org.jetbrains.kotlin.psi.KtProperty
import org.jetbrains.kotlin.psi.KtPsiFactory
import org.jetbrains.kotlin.psi.KtQualifiedExpression
import org.jetbrains.kotlin.psi.KtReturnExpression
import org.jetbrains.kotlin.psi.KtScript
import org.jetbrains.kotlin.psi.KtScriptInitializer
import org.jetbrains.kotlin.psi.KtStringTemplateExpression
import org.jetbrains.kotlin.psi.KtThrowExpression
import org.jetbrains.kotlin.psi.KtTreeVisitorVoid
import org.jetbrains.kotlin.psi.KtTryExpression
import org.jetbrains.kotlin.psi.KtUnaryExpression
import org.jetbrains.kotlin.psi.KtWhenEntry
import org.jetbrains.kotlin.psi.KtWhenExpression
import org.plumbline.dsl.script.IdleStatement
import org.plumbline.dsl.script.IdleStatements

/** Finds the statements of a script that change nothing: the compiler says nothing about them. */
internal class KotlinStatements private constructor(private val text: String) :
  KtTreeVisitorVoid() {
  private val idle = mutableListOf<IdleStatement>()

  companion object {
    private val COMPARISONS =
      setOf(
        KtTokens.EQEQ,
        KtTokens.EXCLEQ,
        KtTokens.EQEQEQ,
        KtTokens.LT,
        KtTokens.GT,
        KtTokens.LTEQ,
        KtTokens.GTEQ,
      )

    /** The idle statements of a script, in the order of its text. */
    @OptIn(K1Deprecation::class)
    fun idle(name: String, text: String): List<IdleStatement> {
      val disposable = Disposer.newDisposable()
      try {
        // The parser wants an environment; nothing is compiled in it.
        val environment =
          KotlinCoreEnvironment.createForProduction(
            disposable,
            CompilerConfiguration(),
            EnvironmentConfigFiles.JVM_CONFIG_FILES,
          )
        val file: KtFile = KtPsiFactory(environment.project).createFile(name, text)
        val statements = KotlinStatements(file.text)
        file.accept(statements)
        return statements.idle
      } finally {
        Disposer.dispose(disposable)
      }
    }
  }

  override fun visitExpression(expression: KtExpression) {
    if (!isValue(expression)) {
      check(expression)
    }
    super.visitExpression(expression)
  }

  /** Whether something is made of what an expression comes to. */
  private fun isValue(expression: PsiElement): Boolean =
    when (val parent = expression.parent) {
      is KtBlockExpression -> parent.statements.lastOrNull() === expression && isValue(parent)
      is KtFunctionLiteral -> !isBody(parent.parent as KtLambdaExpression)
      is KtNamedFunction -> !parent.hasBlockBody()
      is KtContainerNodeForControlStructureBody ->
        parent.parent is KtIfExpression && isValue(parent.parent)
      is KtWhenEntry,
      is KtCatchClause -> isValue(parent.parent)
      is KtFinallySection,
      is KtScriptInitializer,
      is KtScript -> false
      is KtTryExpression,
      is KtLabeledExpression,
      is KtParenthesizedExpression -> isValue(parent)
      else -> true
    }

  private fun isBody(lambda: KtLambdaExpression): Boolean {
    val call = PsiTreeUtil.getParentOfType(lambda, KtCallExpression::class.java)
    return call != null && IdleStatements.opensBody(call.calleeExpression?.text ?: "")
  }

  private fun check(said: KtExpression) {
    when (said) {
      is KtProperty -> variable(said)
      is KtBinaryExpression -> binary(said)
      is KtCallExpression ->
        if (IdleStatements.givesValue(said.calleeExpression?.text ?: "")) value(said)
      is KtQualifiedExpression -> {
        val of = said.receiverExpression
        val constant = of is KtConstantExpression || of is KtStringTemplateExpression
        if (constant || said.selectorExpression !is KtCallExpression) value(said)
      }
      is KtUnaryExpression ->
        if (said.operationToken != KtTokens.PLUSPLUS && said.operationToken != KtTokens.MINUSMINUS)
          value(said)
      is KtBlockExpression,
      is KtDeclaration,
      is KtIfExpression,
      is KtWhenExpression,
      is KtTryExpression,
      is KtLoopExpression,
      is KtReturnExpression,
      is KtThrowExpression,
      is KtBreakExpression,
      is KtContinueExpression,
      is KtLabeledExpression,
      is KtParenthesizedExpression,
      is KtOperationReferenceExpression -> {}
      else -> value(said)
    }
  }

  private fun binary(said: KtBinaryExpression) {
    val left = (said.left as? KtNameReferenceExpression)?.text ?: ""
    val operator = said.operationToken
    if (operator in KtTokens.ALL_ASSIGNMENTS) {
      said.left?.takeIf { isVariable(it, left) }?.let { add(IdleStatement.Kind.HIDING, left, it) }
    } else if (operator in COMPARISONS) {
      add(IdleStatement.Kind.COMPARISON, left, said.operationReference)
    } else if (operator != KtTokens.ELVIS) {
      value(said)
    }
  }

  private fun variable(declared: KtProperty) {
    val name = declared.nameIdentifier ?: return
    val read =
      PsiTreeUtil.findChildrenOfType(declared.parent, KtNameReferenceExpression::class.java).any {
        it.text == name.text && !isSet(it)
      }
    if (!read) {
      add(IdleStatement.Kind.VARIABLE, name.text, declared, name)
    }
  }

  private fun isSet(name: KtNameReferenceExpression): Boolean {
    val parent = name.parent
    return parent is KtBinaryExpression &&
      parent.operationToken == KtTokens.EQ &&
      parent.left === name
  }

  /** Whether a variable of this name is declared around a place. */
  private fun isVariable(place: PsiElement, name: String): Boolean =
    name.isNotEmpty() &&
      generateSequence(place) { it.parent.takeIf { up -> up !is KtFile } }
        .any { around ->
          (around as? KtForExpression)?.loopParameter?.name == name ||
            (around as? KtFunctionLiteral)?.valueParameters?.any { it.name == name } == true ||
            (around as? KtNamedFunction)?.valueParameters?.any { it.name == name } == true ||
            (around as? KtBlockExpression)?.statements?.any {
              (it as? KtNamedDeclaration)?.name == name
            } == true
        }

  private fun value(said: KtExpression) =
    add(IdleStatement.Kind.VALUE, (said as? KtNameReferenceExpression)?.text ?: "", said)

  private fun add(kind: IdleStatement.Kind, name: String, from: PsiElement, to: PsiElement = from) {
    val (line, column) = position(from.textRange.startOffset)
    val (endLine, endColumn) = position(to.textRange.endOffset)
    idle.add(IdleStatement(kind, name, line, column, endLine, endColumn))
  }

  private fun position(offset: Int): Pair<Int, Int> {
    val before = text.substring(0, offset)
    return Pair(before.count { it == '\n' } + 1, offset - before.lastIndexOf('\n'))
  }
}
