// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.plumbline.engine.rlhf.responses.Response;
import org.plumbline.engine.rlhf.responses.Response.Marks;
import org.plumbline.engine.rlhf.responses.Response.Ranking;
import org.plumbline.engine.rlhf.responses.Response.Rating;
import org.plumbline.engine.rlhf.responses.Response.Steps;

/**
 * How alike two responses to the same item are, from 0 to 1.
 *
 * <p>Numbers are alike as {@code 1 - |a - b| / range}; orders by the share of pairs of answers that
 * both order, and order alike, which is {@code (1 + tau) / 2} with Kendall's tau (1938); steps by
 * the share of those judged by both that are judged alike; marks by how many of all that either set
 * are set by both (Jaccard 1912); classes, and texts, if they are the same.
 *
 * @param range the distance of the highest number from the lowest
 */
record Likeness(double range) {

  /** The range of these numbers; 0 if there are none. */
  static Likeness of(List<Response> responses) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Response response : responses) {
      if (response instanceof Rating rating) {
        low = Math.min(low, rating.number());
        high = Math.max(high, rating.number());
      }
    }
    return new Likeness(Math.max(0, high - low));
  }

  /** NaN where they have nothing in common that could be compared. */
  double of(Response one, Response other) {
    if (one instanceof Rating a && other instanceof Rating b) {
      return range == 0 ? 1 : 1 - Math.abs(a.number() - b.number()) / range;
    } else if (one instanceof Ranking a && other instanceof Ranking b) {
      return orders(a.best(), b.best());
    } else if (one instanceof Steps a && other instanceof Steps b) {
      return steps(a, b);
    } else if (one instanceof Marks a && other instanceof Marks b) {
      return marks(a, b);
    }
    return one.equals(other) ? 1 : 0;
  }

  private static double orders(List<Integer> one, List<Integer> other) {
    if (one.size() == 1 && other.size() == 1) {
      return one.equals(other) ? 1 : 0; // of the others nothing is said
    }
    Set<Integer> named = new HashSet<>(one);
    named.addAll(other);
    double alike = 0;
    int ordered = 0;
    for (int a : named) {
      for (int b : named) {
        int first = Integer.signum(place(one, a) - place(one, b));
        int second = Integer.signum(place(other, a) - place(other, b));
        if (a < b && first != 0 && second != 0) {
          ordered++;
          alike += first == second ? 1 : 0;
        }
      }
    }
    return ordered == 0 ? Double.NaN : alike / ordered;
  }

  /** Answers that are left out are behind all others. */
  private static int place(List<Integer> order, int answer) {
    int place = order.indexOf(answer);
    return place < 0 ? order.size() : place;
  }

  private static double steps(Steps one, Steps other) {
    double alike = 0;
    int both = 0;
    for (int i = 0; i < one.ends().size(); i++) {
      int at = other.ends().indexOf(one.ends().get(i));
      if (at >= 0) {
        both++;
        alike += one.labels().get(i).equals(other.labels().get(at)) ? 1 : 0;
      }
    }
    return both == 0 ? Double.NaN : alike / both;
  }

  private static double marks(Marks one, Marks other) {
    Set<Object> all = signed(one);
    Set<Object> both = signed(one);
    all.addAll(signed(other));
    both.retainAll(signed(other));
    return all.isEmpty() ? 1 : both.size() / (double) all.size();
  }

  private static Set<Object> signed(Marks marks) {
    return marks.spans().stream()
        .<Object>map(m -> List.of(m.start(), m.end(), m.category(), Math.signum(m.value())))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
