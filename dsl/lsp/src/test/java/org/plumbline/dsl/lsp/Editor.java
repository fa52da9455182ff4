// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.lsp;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.plumbline.dsl.spec.Scripts;

/**
 * An editor with one open spec, which talks to the server through pipes as it would to a process.
 * In its text {@code |} is the cursor, which is not part of the document.
 */
final class Editor implements LanguageClient, AutoCloseable {
  private final BlockingQueue<PublishDiagnosticsParams> published = new LinkedBlockingQueue<>();
  private final CompletableFuture<Boolean> served;
  private final Future<Void> listening;
  private final LanguageServer server;
  private final String uri;
  private int version = 1;
  private String text = "";
  private int cursor;

  private Editor(Path file, FurtherChecks further) throws IOException {
    PipedInputStream serverIn = new PipedInputStream(1 << 16);
    PipedInputStream clientIn = new PipedInputStream(1 << 16);
    PipedOutputStream toServer = new PipedOutputStream(serverIn);
    PipedOutputStream toClient = new PipedOutputStream(clientIn);
    this.uri = file.toUri().toString();
    this.served =
        CompletableFuture.supplyAsync(
            () -> {
              try (toClient) {
                return SpecServer.serve(serverIn, toClient, "test", Scripts.ALLOWED, further);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    var launcher = LSPLauncher.createClientLauncher(this, clientIn, toServer);
    this.listening = launcher.startListening();
    this.server = launcher.getRemoteProxy();
  }

  /** Opens a spec that need not be on disk. */
  static Editor open(Path file, String marked) throws Exception {
    return open(file, marked, FurtherChecks.NONE);
  }

  static Editor open(Path file, String marked, FurtherChecks further) throws Exception {
    Editor editor = new Editor(file, further);
    InitializeParams hello = new InitializeParams();
    hello.setCapabilities(new ClientCapabilities());
    editor.server.initialize(hello).get(20, TimeUnit.SECONDS);
    editor.take(marked);
    editor
        .server
        .getTextDocumentService()
        .didOpen(
            new DidOpenTextDocumentParams(
                new TextDocumentItem(editor.uri, "plumb", editor.version, editor.text)));
    return editor;
  }

  private void take(String marked) {
    int at = marked.indexOf('|');
    cursor = Math.max(0, at);
    text = at < 0 ? marked : marked.substring(0, at) + marked.substring(at + 1);
  }

  /** Replaces the whole text. */
  Editor type(String marked) {
    take(marked);
    version++;
    server
        .getTextDocumentService()
        .didChange(
            new DidChangeTextDocumentParams(
                new VersionedTextDocumentIdentifier(uri, version),
                List.of(new TextDocumentContentChangeEvent(text))));
    return this;
  }

  /** What is said of the text as it is now. */
  List<Diagnostic> diagnostics() throws InterruptedException {
    while (true) {
      PublishDiagnosticsParams next = published.poll(120, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing was published of version " + version);
      } else if (next.getVersion() != null && next.getVersion() == version) {
        return next.getDiagnostics();
      }
    }
  }

  List<CompletionItem> completions() throws Exception {
    return server
        .getTextDocumentService()
        .completion(new CompletionParams(document(), new Lines(text).position(cursor)))
        .get(20, TimeUnit.SECONDS)
        .getLeft();
  }

  List<String> offered() throws Exception {
    return completions().stream().map(CompletionItem::getLabel).toList();
  }

  /** What is said of the word at the cursor; empty if nothing is. */
  String hover() throws Exception {
    Hover hover =
        server
            .getTextDocumentService()
            .hover(new HoverParams(document(), new Lines(text).position(cursor)))
            .get(20, TimeUnit.SECONDS);
    return hover == null ? "" : hover.getContents().getRight().getValue();
  }

  /** The words at the places that the name at the cursor is declared at. */
  List<String> definitions() throws Exception {
    return server
        .getTextDocumentService()
        .definition(new DefinitionParams(document(), new Lines(text).position(cursor)))
        .get(20, TimeUnit.SECONDS)
        .getLeft()
        .stream()
        .map(place -> place.getRange().getStart().getLine() + ":" + in(place.getRange()))
        .toList();
  }

  List<String> outline() throws Exception {
    return server
        .getTextDocumentService()
        .documentSymbol(new DocumentSymbolParams(document()))
        .get(20, TimeUnit.SECONDS)
        .stream()
        .map(symbol -> symbol.getRight().getName() + ", " + symbol.getRight().getDetail())
        .toList();
  }

  List<CodeAction> fixes(Range range) throws Exception {
    return server
        .getTextDocumentService()
        .codeAction(new CodeActionParams(document(), range, new CodeActionContext(List.of())))
        .get(20, TimeUnit.SECONDS)
        .stream()
        .map(action -> action.getRight())
        .toList();
  }

  /** The text after a change. */
  String with(TextEdit edit) {
    Lines lines = new Lines(text);
    int from = lines.offset(edit.getRange().getStart());
    int to = lines.offset(edit.getRange().getEnd());
    return text.substring(0, from) + edit.getNewText() + text.substring(to);
  }

  String in(Range range) {
    Lines lines = new Lines(text);
    return text.substring(lines.offset(range.getStart()), lines.offset(range.getEnd()));
  }

  private TextDocumentIdentifier document() {
    return new TextDocumentIdentifier(uri);
  }

  /** Takes leave as an editor does; whether the server took it as such. */
  boolean leave() throws Exception {
    server.getTextDocumentService().didClose(new DidCloseTextDocumentParams(document()));
    server.shutdown().get(20, TimeUnit.SECONDS);
    server.exit();
    return served.get(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    listening.cancel(true);
    served.cancel(true);
  }

  @Override
  public void publishDiagnostics(PublishDiagnosticsParams diagnostics) {
    published.add(diagnostics);
  }

  @Override
  public void telemetryEvent(Object object) {
    throw new AssertionError("nothing is sent anywhere");
  }

  @Override
  public void showMessage(MessageParams messageParams) {
    throw new AssertionError(messageParams.getMessage());
  }

  @Override
  public CompletableFuture<MessageActionItem> showMessageRequest(
      ShowMessageRequestParams requestParams) {
    throw new AssertionError(requestParams.getMessage());
  }

  @Override
  public void logMessage(MessageParams message) {
    throw new AssertionError(message.getMessage());
  }
}
