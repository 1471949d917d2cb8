package io.coapgate.gateway.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which known name a mistyped one was meant to be. */
final class NearestName {
    private static final int MAX_LENGTH = 64;

    private NearestName() {}

    /** The known name that takes the fewest edits; empty if even that is too far away to be meant. */
    static Optional<String> of(String typed, Collection<String> known) {
        if (typed.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String word = plain(typed);
        int furthest = Math.max(1, word.length() / 3);
        return known.stream()
                .filter(name -> distance(word, plain(name)) <= furthest)
                .min(Comparator.comparingInt((String name) -> distance(word, plain(name)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code did you mean "x"?}, or else the advice given. */
    static String advice(String typed, Collection<String> known, String otherwise) {
        return of(typed, known).map(name -> "did you mean \"" + name + "\"?").orElse(otherwise);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Edits of one character, a swap of two neighbours counting as one. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
