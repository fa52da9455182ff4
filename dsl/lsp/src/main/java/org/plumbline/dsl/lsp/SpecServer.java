// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.lsp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionOptions;
import org.eclipse.lsp4j.CompletionItemCapabilities;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextDocumentSyncOptions;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;
import org.plumbline.dsl.spec.Scripts;

/**
 * A language server for specs in all their forms, over the Language Server Protocol 3.17: what is
 * wrong, what may be written, what it means, where a name comes from, and the changes that
 * diagnostics propose.
 */
public final class SpecServer implements LanguageServer {
  private final OpenSpecs specs;
  private final String version;
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private volatile boolean shutDown;

  private SpecServer(OpenSpecs specs, String version) {
    this.specs = specs;
    this.version = version;
  }

  /**
   * Serves one editor until it goes.
   *
   * @param version the program's version, which editors show
   * @param scripts how specs that are scripts are treated
   * @param further what else is looked at than the language itself
   * @return whether the editor said good-bye, and did not just vanish
   */
  public static boolean serve(
      InputStream in, OutputStream out, String version, Scripts scripts, FurtherChecks further) {
    try (OpenSpecs specs = new OpenSpecs(scripts, further)) {
      SpecServer server = new SpecServer(specs, version);
      Launcher<LanguageClient> launcher =
          LSPLauncher.createServerLauncher(server, new Until(in, server.ended), out);
      specs.connect(launcher.getRemoteProxy());
      Future<Void> listening = launcher.startListening();
      boolean friendly = server.ended.join();
      listening.cancel(true);
      return friendly;
    }
  }

  /** What the editor writes; its end is that of the session, said or not. */
  private static final class Until extends FilterInputStream {
    private final CompletableFuture<Boolean> ended;

    Until(InputStream in, CompletableFuture<Boolean> ended) {
      super(in);
      this.ended = ended;
    }

    @Override
    public int read() throws IOException {
      return noted(super.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return noted(super.read(bytes, offset, length));
    }

    private int noted(int read) {
      if (read < 0) {
        ended.complete(false);
      }
      return read;
    }
  }

  @Override
  public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
    specs.snippets(
        Optional.ofNullable(params.getCapabilities())
            .map(ClientCapabilities::getTextDocument)
            .map(document -> document.getCompletion())
            .map(completion -> completion.getCompletionItem())
            .map(CompletionItemCapabilities::getSnippetSupport)
            .orElse(false));
    ServerCapabilities can = new ServerCapabilities();
    TextDocumentSyncOptions sync = new TextDocumentSyncOptions();
    sync.setOpenClose(true);
    sync.setChange(TextDocumentSyncKind.Full);
    sync.setSave(true);
    can.setTextDocumentSync(sync);
    can.setCompletionProvider(
        new CompletionOptions(false, List.of(":", " ", "\"", "'", "(", "{", "[", ",", "/", "=")));
    can.setHoverProvider(true);
    can.setDefinitionProvider(true);
    can.setDocumentSymbolProvider(true);
    can.setCodeActionProvider(new CodeActionOptions(List.of(CodeActionKind.QuickFix)));
    return CompletableFuture.completedFuture(
        new InitializeResult(can, new ServerInfo("plumb", version)));
  }

  @Override
  public CompletableFuture<Object> shutdown() {
    shutDown = true;
    return CompletableFuture.completedFuture(new Object());
  }

  @Override
  public void exit() {
    ended.complete(shutDown);
  }

  @Override
  public TextDocumentService getTextDocumentService() {
    return specs;
  }

  @Override
  public WorkspaceService getWorkspaceService() {
    return new WorkspaceService() {
      @Override
      public void didChangeConfiguration(DidChangeConfigurationParams params) {
        // There is nothing to configure.
      }

      @Override
      public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
        specs.examineAll();
      }
    };
  }
}
