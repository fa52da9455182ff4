// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.run.StageContext;

/** The models that settings name as references, open: the policy before training where none is. */
final class OpenReferences implements AutoCloseable {
  private final List<LanguageModel> opened = new ArrayList<>();
  private final List<KlReference.Member> members = new ArrayList<>();

  private OpenReferences() {}

  static OpenReferences open(StageContext context, Regularizers.Kl settings, LanguageModel start)
      throws IOException {
    OpenReferences references = new OpenReferences();
    try {
      references.add(context, settings, start);
      return references;
    } catch (IOException | RuntimeException e) {
      references.close();
      throw e;
    }
  }

  private void add(StageContext context, Regularizers.Kl settings, LanguageModel start)
      throws IOException {
    Map<String, Regularizers.WeighedReference> several = settings.references();
    if (several == null) {
      LanguageModel one =
          settings.reference() == null ? start : open(context, "regularizers.kl.reference");
      members.add(new KlReference.Member(() -> one, 1));
      return;
    }
    double all = several.values().stream().mapToDouble(one -> one.weight()).sum();
    for (Map.Entry<String, Regularizers.WeighedReference> one : several.entrySet()) {
      LanguageModel model = open(context, "regularizers.kl.references." + one.getKey() + ".of");
      members.add(new KlReference.Member(() -> model, one.getValue().weight() / all));
    }
  }

  private LanguageModel open(StageContext context, String role) throws IOException {
    LanguageModel model = Models.openModel(context, role);
    opened.add(model);
    return model;
  }

  KlReference together() {
    return new KlReference(List.copyOf(members));
  }

  @Override
  public void close() {
    opened.forEach(LanguageModel::close);
  }
}
