/**
 * Small language models, from tensors to checkpoints: train, score and sample a decoder-only
 * transformer on libtorch, deterministically.
 *
 * <h2>Overview</h2>
 *
 * <ul>
 *   <li>{@link TorchRuntime} starts libtorch with process settings that matter (optional: it starts
 *       itself on the CPU with one thread) and says what was found.
 *   <li>{@link Tokenizer} trains byte-level BPE or reads a {@code tokenizer.json}.
 *   <li>{@link ModelConfig} and {@link LanguageModel}: create, load, save, copy; log-probabilities,
 *       entropies, values and scores of a {@link Batch} of {@link Sequence}s. Predictions are
 *       [batch, time-1] and zero outside completions; {@link Batch#mask()} says where.
 *   <li>{@link ModelSummary} and {@link ModelReply}: what a model directory holds, and what its
 *       model says to given tokens. Known are GPT-2 ({@code Gpt2}) and the Llama family ({@code
 *       Llama}; {@link LlamaShape} says what varies in it), in Hugging Face's layout.
 *   <li>{@link LoraSettings}: train matrices of low rank beside the weights, in PEFT's files.
 *       {@link Precision}: layers in 16 bits over 32-bit parameters. {@link
 *       LanguageModel#withActivationCheckpointing}: less memory.
 *   <li>{@link SideBySide}: steps and passes in parts, on all cores.
 *   <li>{@link AdamW}: the only place where gradients are recorded.
 *   <li>{@link Sampler}: completions, with a key-value cache, the same for every batch size.
 *   <li>{@link RandomStream}: all randomness, as a function of (seed, purpose, step, index).
 *   <li>{@link Tensor} and {@link TensorScope}: what losses are written with.
 * </ul>
 *
 * <h2>A training step</h2>
 *
 * <pre>{@code
 * try (LanguageModel model = LanguageModel.create(ModelConfig.preset("nano", tokenizer), tokenizer, seed);
 *     AdamW optimizer = new AdamW(model.parameters(), AdamW.Settings.DEFAULT)) {
 *   Batch batch = Batch.of(List.of(Sequence.of(prompt, completion)));
 *   StepResult result = optimizer.step(3e-4, () -> model.meanLoss(batch));
 * }
 * }</pre>
 *
 * <p>A loss of one's own is a function of such tensors:
 *
 * <pre>{@code
 * optimizer.step(lr, () -> {
 *   TokenScores now = model.tokenScores(batch);
 *   Tensor mask = batch.mask();
 *   Tensor ratio = now.logProbs().sub(batch.aligned(oldLogProbs)).exp();
 *   return ratio.mul(advantages).maskedMean(mask).neg();
 * });
 * }</pre>
 *
 * <p>Numbers without gradients:
 *
 * <pre>{@code
 * try (TensorScope scope = Scope.open()) {
 *   float[] scores = rewardModel.score(batch).toFloatArray();
 * }
 * }</pre>
 *
 * <p>Threads: scopes and gradient recording are per thread. Different models may train in different
 * threads at the same time; one model may be read by many. Results do not depend on it.
 */
@NullMarked
package org.plumbline.engine.lm;

import org.jspecify.annotations.NullMarked;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.config.LlamaShape;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.Sampler;
import org.plumbline.engine.lm.tensor.Precision;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.lm.tensor.TorchRuntime;
import org.plumbline.engine.lm.tokenizer.Tokenizer;
