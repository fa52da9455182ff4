// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.store.content.AnswerLine;
import org.plumbline.engine.store.content.Asker;
import org.plumbline.engine.store.content.KeptAnswers;
import org.plumbline.engine.store.record.StoreJson;

/**
 * The answers to a node, an object each. What a later holder of the node was told counts, for it
 * has worked with that; of what one holder was told, the first.
 */
final class BucketAnswers implements KeptAnswers {
  private final Bucket bucket;
  private final String folder;
  private final Asker asker;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final AtomicLong count = new AtomicLong();

  private BucketAnswers(Bucket bucket, String folder, Asker asker) {
    this.bucket = bucket;
    this.folder = folder;
    this.asker = asker;
  }

  /** Reads those in a folder, whose name ends with {@code /}. */
  static BucketAnswers open(Bucket bucket, String folder, Asker asker) {
    BucketAnswers kept = new BucketAnswers(bucket, folder, asker);
    List<String> names = bucket.list(folder).stream().map(Bucket.Listed::name).toList();
    List<byte[]> contents = bucket.all(names);
    Map<Long, Map<String, String>> byHolder = new TreeMap<>();
    for (int i = 0; i < contents.size(); i++) {
      Map<String, String> told =
          byHolder.computeIfAbsent(token(names.get(i), folder), holder -> new HashMap<>());
      AnswerLine.parse(new String(contents.get(i), StandardCharsets.UTF_8))
          .filter(line -> asker.counts().test(line.run()))
          .ifPresent(line -> told.putIfAbsent(line.question(), line.answer()));
    }
    byHolder.values().forEach(kept.answers::putAll);
    return kept;
  }

  /** The holder that was told an answer. */
  static long token(String name, String folder) {
    String token = name.substring(folder.length()).split("-", 2)[0];
    return token.matches("\\d{1,18}") ? Long.parseLong(token) : 0;
  }

  private String name(long number) {
    return "%s%018d-%010d".formatted(folder, asker.token(), number);
  }

  @Override
  public Optional<String> find(String question) {
    return Optional.ofNullable(answers.get(Sha256.of(question)));
  }

  @Override
  public void keep(String question, String answer) {
    String digest = Sha256.of(question);
    byte[] line = StoreJson.line(new AnswerLine(digest, answer, asker.run()));
    boolean kept = false;
    while (!kept) { // again if this holder has opened its answers before
      kept = bucket.create(name(count.incrementAndGet()), line).isPresent();
    }
    answers.put(digest, answer);
  }
}
