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
import org.jetbrains.kotlin.psi.KtThrowExpression
import org.jetbrains.kotlin.psi.KtTreeVisitorVoid
import org.jetbrains.kotlin.psi.KtTryExpression
import org.jetbrains.kotlin.psi.KtUnaryExpression
import org.jetbrains.kotlin.psi.KtWhenEntry
import org.jetbrains.kotlin.psi.KtWhenExpression
import org.jetbrains.kotlin.psi.KtWhileExpression
import org.plumbline.dsl.script.IdleStatement
import org.plumbline.dsl.script.IdleStatements

/** Finds the statements of a script that change nothing: the compiler says nothing about them. */
internal class KotlinStatements private constructor(private val text: String) :
  KtTreeVisitorVoid() {
  private val idle = mutableListOf<IdleStatement>()

  companion object {
    private val OF_EVERY_OBJECT = setOf("equals", "hashCode", "toString")
    private val NOTHING = setOf("0", "1..0", "listOf()", "emptyList()")
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
      is KtCallExpression -> if (!saysSomething(said)) value(said)
      is KtQualifiedExpression -> {
        val call = said.selectorExpression as? KtCallExpression
        val of = said.receiverExpression
        val known =
          isVariable(of, of.text) || of.text == "this" && call != null && saysSomething(call)
        val loop = call != null && IdleStatements.isLoop(name(call))
        if (call == null || !loop && !known) value(said)
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

  /** Whether a call may say a word of the language. */
  private fun saysSomething(call: KtCallExpression): Boolean {
    val name = name(call)
    return !IdleStatements.givesValue(name) &&
      (IdleStatements.isWord(name) || name !in OF_EVERY_OBJECT)
  }

  private fun name(call: KtCallExpression): String = call.calleeExpression?.text ?: ""

  override fun visitCallExpression(call: KtCallExpression) {
    val body = call.lambdaArguments.firstOrNull()?.getLambdaExpression()?.bodyExpression
    val over = (call.parent as? KtQualifiedExpression)?.receiverExpression
    if (IdleStatements.isLoop(name(call)) && (over != null || !IdleStatements.isWord(name(call)))) {
      if (isEmpty(body)) {
        add(IdleStatement.Kind.EMPTY, "", call)
      } else if (call.valueArguments.firstOrNull()?.text == "0" || over?.text in NOTHING) {
        add(IdleStatement.Kind.NEVER, "", call)
      }
    }
    if (over == null && IdleStatements.isSection(name(call)) && isEmpty(body)) {
      if (call.lambdaArguments.isNotEmpty()) add(IdleStatement.Kind.EMPTY, "", call)
    }
    super.visitCallExpression(call)
  }

  override fun visitIfExpression(choice: KtIfExpression) {
    if (isEmpty(choice.then) && (choice.`else` == null || isEmpty(choice.`else`))) {
      add(IdleStatement.Kind.EMPTY, "", choice)
    } else if (choice.condition?.text == "false") {
      add(IdleStatement.Kind.NEVER, "", choice)
    } else if (choice.condition?.text == "true") {
      add(IdleStatement.Kind.ALWAYS, "", choice.condition!!)
    }
    super.visitIfExpression(choice)
  }

  override fun visitLoopExpression(loop: KtLoopExpression) {
    if (isEmpty(loop.body)) {
      add(IdleStatement.Kind.EMPTY, "", loop)
    } else if (
      (loop as? KtForExpression)?.loopRange?.text in NOTHING ||
        (loop as? KtWhileExpression)?.condition?.text == "false"
    ) {
      add(IdleStatement.Kind.NEVER, "", loop)
    }
    super.visitLoopExpression(loop)
  }

  override fun visitWhenExpression(choice: KtWhenExpression) {
    if (choice.entries.all { isEmpty(it.expression) }) {
      add(IdleStatement.Kind.EMPTY, "", choice)
    }
    super.visitWhenExpression(choice)
  }

  override fun visitTryExpression(tried: KtTryExpression) {
    if (isEmpty(tried.tryBlock)) {
      add(IdleStatement.Kind.EMPTY, "", tried)
    }
    super.visitTryExpression(tried)
  }

  private fun isEmpty(body: KtExpression?): Boolean =
    body == null || body is KtBlockExpression && body.statements.isEmpty()

  private fun binary(said: KtBinaryExpression) {
    val left = (said.left as? KtNameReferenceExpression)?.text ?: ""
    val operator = said.operationToken
    if (operator in KtTokens.ALL_ASSIGNMENTS) {
      if (said.left?.let { isVariable(it, left) } == true) {
        add(IdleStatement.Kind.HIDING, left, said.left!!)
      } else if (operator != KtTokens.EQ) {
        add(IdleStatement.Kind.COMPOUND, left, said.operationReference)
      }
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
