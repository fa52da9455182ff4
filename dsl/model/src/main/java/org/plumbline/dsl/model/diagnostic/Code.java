// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.diagnostic;

import static org.plumbline.dsl.model.diagnostic.Severity.ERROR;
import static org.plumbline.dsl.model.diagnostic.Severity.WARNING;

import java.util.Optional;

/**
 * The kinds of problems that Plumbline reports, each with a page in {@code
 * docs/reference/diagnostics}.
 *
 * <p>Ranges: 00 syntax, 01 keys and shape, 02 references, 03 values, 04 scripts, 05 files and data,
 * 08 store, 09 runs. A number is never given to another problem later.
 */
public enum Code {
  PLB0001("yaml-syntax", ERROR),
  PLB0002("template-braces", ERROR),
  PLB0003("tab", ERROR),
  PLB0004("tag", ERROR),
  PLB0005("key-not-text", ERROR),
  PLB0006("too-many-aliases", ERROR),
  PLB0007("several-documents", ERROR),
  PLB0008("empty-spec", ERROR),
  PLB0009("spec-not-utf8", ERROR),
  PLB0010("spec-too-large", ERROR),
  PLB0011("spec-is-a-folder", ERROR),
  PLB0012("spec-missing", ERROR),
  PLB0013("spec-unreadable", ERROR),
  PLB0014("unknown-front-end", ERROR),
  PLB0015("nested-too-deeply", ERROR),
  PLB0016("control-character", ERROR),

  PLB0101("missing-key", ERROR),
  PLB0102("unknown-key", ERROR),
  PLB0103("unknown-kind", ERROR),
  PLB0104("duplicate-key", ERROR),
  PLB0105("several-kinds", ERROR),
  PLB0106("no-kind", ERROR),
  PLB0107("both-given", ERROR),
  PLB0108("neither-given", ERROR),
  PLB0109("no-value", ERROR),
  PLB0110("bad-name", ERROR),
  PLB0111("wrong-shape", ERROR),
  PLB0112("bad-override", ERROR),
  PLB0113("unknown-path", ERROR),
  PLB0114("not-upstream", ERROR),
  PLB0115("overlapping-paths", ERROR),

  PLB0201("unknown-name", ERROR),
  PLB0202("wrong-section", ERROR),
  PLB0203("cycle", ERROR),
  PLB0204("nothing-held-out", ERROR),
  PLB0205("unused", WARNING),
  PLB0206("weight-without-feature", ERROR),
  PLB0207("feature-without-weight", WARNING),
  PLB0208("reference-not-compared", ERROR),
  PLB0209("recipe-twice", ERROR),
  PLB0210("ambiguous-name", ERROR),
  PLB0211("model-cannot-be-trained", ERROR),
  PLB0212("model-cannot-judge", ERROR),
  PLB0213("judge-needed", ERROR),
  PLB0214("principle-without-feature", ERROR),
  PLB0215("values-needed", ERROR),
  PLB0216("groups-needed", ERROR),
  PLB0217("same-recipe", WARNING),
  PLB0218("no-recipes", WARNING),
  PLB0219("policy-without-weights", ERROR),
  PLB0220("no-principles", ERROR),
  PLB0221("wrong-kind-of-feedback", ERROR),
  PLB0222("reference-of-another-model", ERROR),
  PLB0223("metric-without-values", ERROR),
  PLB0224("spread-without-ensemble", ERROR),
  PLB0225("size-needed", ERROR),
  PLB0226("renewed-not-upstream", ERROR),
  PLB0227("metric-without-reward", ERROR),
  PLB0228("metric-without-trigger", ERROR),
  PLB0229("metric-without-groups", ERROR),
  PLB0230("moment-without-feature", ERROR),
  PLB0231("unknown-class", ERROR),
  PLB0232("gold-from-reward", WARNING),
  PLB0236("ranks-tell-nothing", ERROR),

  PLB0301("out-of-range", ERROR),
  PLB0302("wrong-type", ERROR),
  PLB0303("not-finite", ERROR),
  PLB0304("unknown-word", ERROR),
  PLB0305("not-whole", ERROR),
  PLB0306("too-large", ERROR),
  PLB0307("seed-twice", ERROR),
  PLB0308("empty-list", ERROR),
  PLB0309("bad-regex", ERROR),
  PLB0310("empty-text", ERROR),
  PLB0311("odd-hold-out", ERROR),
  PLB0312("variant-changes-nothing", WARNING),
  PLB0313("same-variant", WARNING),
  PLB0314("context-too-short", ERROR),
  PLB0315("more-minibatches-than-answers", ERROR),
  PLB0316("batch-larger-than-data", WARNING),
  PLB0317("no-people", ERROR),
  PLB0318("too-few-people", ERROR),
  PLB0319("all-weights-zero", WARNING),
  PLB0320("regex-without-group", ERROR),
  PLB0321("coefficient-cannot-adapt", ERROR),
  PLB0322("no-effect", WARNING),
  PLB0323("bad-address", ERROR),
  PLB0324("bad-variable-name", ERROR),
  PLB0325("shares-do-not-add-up", ERROR),
  PLB0326("budget-too-small", ERROR),
  PLB0327("sweep-value-twice", ERROR),
  PLB0328("sweep-too-large", ERROR),
  PLB0329("thresholds-crossed", ERROR),
  PLB0330("setting-needed", ERROR),
  PLB0331("uneven-groups", ERROR),
  PLB0332("more-ranks-than-answers", ERROR),
  PLB0333("clip-high-below-clip", ERROR),
  PLB0334("moment-out-of-reach", ERROR),
  PLB0335("low-above-high", ERROR),
  PLB0336("secret-in-address", ERROR),
  PLB0337("unencrypted-address", WARNING),
  PLB0338("secret-in-spec", ERROR),
  PLB0339("not-a-path", ERROR),
  PLB0340("costly-regex", WARNING),
  PLB0341("scale-does-not-fit", ERROR),
  PLB0342("nothing-to-expect", ERROR),
  PLB0343("constraint-on-own-reward", WARNING),
  PLB0344("feedback-twice", ERROR),
  PLB0345("no-such-combination", ERROR),
  PLB0346("no-known-answer", ERROR),
  PLB0347("trial-takes-budget", WARNING),
  PLB0348("budget-not-of-evaluations", WARNING),
  PLB0350("nothing-to-combine", ERROR),
  PLB0351("group-without-labels", ERROR),
  PLB0352("marks-alike", ERROR),
  PLB0353("no-moments", ERROR),
  PLB0354("attack-without-target", ERROR),
  PLB0355("attack-too-short", WARNING),
  PLB0356("attack-twice", ERROR),
  PLB0357("pause-without-stop", ERROR),
  PLB0358("watched-by-own-reward", ERROR),
  PLB0359("watches-nothing", WARNING),
  PLB0360("do-not-go-together", ERROR),
  PLB0361("metric-without-attack", ERROR),
  PLB0362("target-unused", WARNING),
  PLB0363("k3-of-several-references", ERROR),
  PLB0364("distance-without-feedback", ERROR),
  PLB0365("statement-without-effect", ERROR),
  PLB0366("script-does-more", ERROR),
  PLB0367("leading-zero", ERROR),
  PLB0368("nothing-matches", ERROR),
  PLB0369("range-cannot-be", ERROR),
  PLB0370("unused-anchor", ERROR),
  PLB0371("pasted-marks", ERROR),

  PLB0400("script-error", ERROR),
  PLB0401("script-not-available", ERROR),
  PLB0402("script-failed", ERROR),
  PLB0403("one-experiment", ERROR),
  PLB0404("script-too-slow", ERROR),
  PLB0405("script-refused", ERROR),
  PLB0410("script-not-repeatable", ERROR),

  PLB0501("malformed-row", ERROR),
  PLB0502("row-lacks-key", ERROR),
  PLB0503("mixed-rows", ERROR),
  PLB0504("data-missing", ERROR),
  PLB0505("data-unreadable", ERROR),
  PLB0506("data-empty", ERROR),
  PLB0507("data-not-utf8", ERROR),
  PLB0508("too-many-pairs", ERROR),
  PLB0509("preferences-all-equal", ERROR),
  PLB0510("outside-folder", ERROR),
  PLB0511("column-not-text", ERROR),
  PLB0512("column-empty", ERROR),
  PLB0513("unknown-row-shape", ERROR),
  PLB0514("transcript-without-answer", ERROR),
  PLB0515("row-too-long", ERROR),
  PLB0516("no-such-rows", ERROR),
  PLB0518("ambiguous-row-shape", ERROR),
  PLB0519("bad-value", ERROR),
  PLB0520("prompts-seen", WARNING),
  PLB0521("nothing-said", ERROR),
  PLB0522("nothing-held-out", ERROR),
  PLB0523("nobody-named", ERROR),
  PLB0525("no-verdict", ERROR),
  PLB0526("other-tokens", ERROR),
  PLB0530("not-a-file", ERROR),
  PLB0531("link-broken", ERROR),
  PLB0532("target-without-mass", ERROR),
  PLB0533("moments-not-met", ERROR),
  PLB0534("refinement-too-long", ERROR),
  PLB0535("no-right-answer", ERROR),
  PLB0536("cannot-be-checked", ERROR),
  PLB0537("scores-unbounded", ERROR),
  PLB0540("model-unusable", ERROR),
  PLB0541("chat-template-fails", ERROR),

  PLB0801("store-too-new", ERROR),
  PLB0802("not-a-store", ERROR),
  PLB0803("disk-full", ERROR),
  PLB0804("store-unreadable", ERROR),
  PLB0805("artifact-missing", ERROR),
  PLB0806("artifact-corrupted", ERROR),
  PLB0807("run-going-already", ERROR),
  PLB0808("file-changed", ERROR),
  PLB0809("unknown-run", ERROR),
  PLB0810("misplaced-part", ERROR),
  PLB0811("damaged-record", ERROR),
  PLB0812("lost-lease", ERROR),
  PLB0813("unusable-bucket", ERROR),
  PLB0814("gc-going-already", ERROR),
  PLB0815("needs-unknown", ERROR),
  PLB0816("result-removed", ERROR),

  PLB0901("node-failed", ERROR),
  PLB0902("loss-not-finite", ERROR),
  PLB0903("not-enough-memory", WARNING),
  PLB0904("out-of-memory", ERROR),
  PLB0905("not-available-yet", ERROR),
  PLB0906("judge-not-reached", ERROR),
  PLB0907("bad-key", ERROR),
  PLB0908("nothing-learned", ERROR),
  PLB0909("training-paused", ERROR);

  private final String slug;
  private final Severity severity;

  Code(String slug, Severity severity) {
    this.slug = slug;
    this.severity = severity;
  }

  /** A few words for it: {@code unknown-key}. */
  public String slug() {
    return slug;
  }

  /** How bad it is, unless a diagnostic says otherwise. */
  public Severity severity() {
    return severity;
  }

  /** The code with this name, in any case: {@code plb0102}, or its slug. */
  public static Optional<Code> find(String text) {
    for (Code code : values()) {
      if (code.name().equalsIgnoreCase(text) || code.slug.equalsIgnoreCase(text)) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }
}
