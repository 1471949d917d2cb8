package io.coapgate.gateway.payload;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Documents of a seed: what JSON can say, with numbers near every boundary. */
final class RandomDocuments {
    private static final List<Node.Literal> LITERALS = List.of(Node.Literal.values());

    private static final int MAX_DEPTH = 5;
    private static final String[] CHARACTERS = {
        "a", "\"", "\\", "\n", "\u0000", "\u001f", "\u007f", "\u00fc", "\u2028", "\ufffd", "\ufeff", "\ud83d\ude00", "~"
    };

    private final Random random;

    RandomDocuments(long seed) {
        this.random = new Random(seed);
    }

    Node next() {
        return next(0);
    }

    private Node next(int depth) {
        return switch (random.nextInt(depth < MAX_DEPTH ? 9 : 6)) {
            case 0 -> LITERALS.get(random.nextInt(LITERALS.size()));
            case 1 -> new Node.Whole(whole());
            case 2 -> new Node.Real(real());
            case 3 -> decimal();
            case 4, 5 -> new Node.Text(text());
            case 6 -> items(depth);
            default -> members(depth);
        };
    }

    private Node items(int depth) {
        List<Node> items = new ArrayList<>();
        for (int i = random.nextInt(5) * random.nextInt(8); i > 0; i--) {
            items.add(next(depth + 1));
        }
        return new Node.Items(items);
    }

    private Node members(int depth) {
        Map<String, Node> members = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            members.put(text(), next(depth + 1));
        }
        return new Node.Members(members);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4) * random.nextInt(100); i > 0; i--) {
            text.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return text.toString();
    }

    private BigInteger whole() {
        BigInteger power = BigInteger.ONE.shiftLeft(random.nextInt(random.nextInt(10) == 0 ? 3000 : 70));
        BigInteger near = power.add(BigInteger.valueOf(random.nextInt(3) - 1));
        return random.nextBoolean() ? near : near.negate();
    }

    private double real() {
        double value = switch (random.nextInt(5)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> Float.intBitsToFloat(random.nextInt());
            case 2 -> HalfFloat.value(random.nextInt(1 << 16));
            case 3 -> random.nextInt(2_000_000) / 1000.0;
            default -> (random.nextBoolean() ? 1 : -1) * (double) random.nextInt(100);
        };
        return Double.isNaN(value) || Double.isInfinite(value) ? 0.1 : value;
    }

    /** Too many digits for a double. */
    private Node decimal() {
        BigInteger digits =
                new BigInteger(64 + random.nextInt(500), random).setBit(64).setBit(0);
        return new Node.Decimal(new BigDecimal(digits, 1 + random.nextInt(300)));
    }
}
